Content-Length: 200

{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///a.conn","version":1,"text":"let x = 1\nlist | wher id == $x | first 3 | disconnect\nprint f\"😀 {$x}\"\n"}}}Content-Length: 295

{"jsonrpc":"2.0","method":"textDocument/completion","id":0,"params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":2,"character":13},"range":{"start":{"line":2,"character":13},"end":{"line":2,"character":13}},"newName":"y","context":{"only":["quickfix"],"includeDeclaration":true}}}Content-Length: 290

{"jsonrpc":"2.0","method":"textDocument/hover","id":1,"params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":2,"character":13},"range":{"start":{"line":2,"character":13},"end":{"line":2,"character":13}},"newName":"y","context":{"only":["quickfix"],"includeDeclaration":true}}}Content-Length: 295

{"jsonrpc":"2.0","method":"textDocument/formatting","id":2,"params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":2,"character":13},"range":{"start":{"line":2,"character":13},"end":{"line":2,"character":13}},"newName":"y","context":{"only":["quickfix"],"includeDeclaration":true}}}Content-Length: 299

{"jsonrpc":"2.0","method":"textDocument/documentSymbol","id":3,"params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":2,"character":13},"range":{"start":{"line":2,"character":13},"end":{"line":2,"character":13}},"newName":"y","context":{"only":["quickfix"],"includeDeclaration":true}}}Content-Length: 295

{"jsonrpc":"2.0","method":"textDocument/definition","id":4,"params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":2,"character":13},"range":{"start":{"line":2,"character":13},"end":{"line":2,"character":13}},"newName":"y","context":{"only":["quickfix"],"includeDeclaration":true}}}Content-Length: 295

{"jsonrpc":"2.0","method":"textDocument/references","id":5,"params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":2,"character":13},"range":{"start":{"line":2,"character":13},"end":{"line":2,"character":13}},"newName":"y","context":{"only":["quickfix"],"includeDeclaration":true}}}Content-Length: 291

{"jsonrpc":"2.0","method":"textDocument/rename","id":6,"params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":2,"character":13},"range":{"start":{"line":2,"character":13},"end":{"line":2,"character":13}},"newName":"y","context":{"only":["quickfix"],"includeDeclaration":true}}}Content-Length: 295

{"jsonrpc":"2.0","method":"textDocument/codeAction","id":7,"params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":2,"character":13},"range":{"start":{"line":2,"character":13},"end":{"line":2,"character":13}},"newName":"y","context":{"only":["quickfix"],"includeDeclaration":true}}}Content-Length: 304

{"jsonrpc":"2.0","method":"textDocument/semanticTokens/full","id":8,"params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":2,"character":13},"range":{"start":{"line":2,"character":13},"end":{"line":2,"character":13}},"newName":"y","context":{"only":["quickfix"],"includeDeclaration":true}}}Content-Length: 294

{"jsonrpc":"2.0","method":"textDocument/inlayHint","id":9,"params":{"textDocument":{"uri":"file:///a.conn"},"position":{"line":2,"character":13},"range":{"start":{"line":2,"character":13},"end":{"line":2,"character":13}},"newName":"y","context":{"only":["quickfix"],"includeDeclaration":true}}}Content-Length: 241

{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"file:///a.conn","version":2},"contentChanges":[{"range":{"start":{"line":1,"character":7},"end":{"line":1,"character":11}},"text":"where"},{"text":"list"}]}}Content-Length: 62

{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":3}}Content-Length: 101

{"jsonrpc":"2.0","method":"textDocument/didClose","params":{"textDocument":{"uri":"file:///a.conn"}}}Content-Length: 45

{"jsonrpc":"2.0","method":"shutdown","id":99}Content-Length: 33

{"jsonrpc":"2.0","method":"exit"}