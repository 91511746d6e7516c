"""Drives `conn lsp` with pytest-lsp, a client of the Language Server Protocol that isn't ours.

The client turns every answer into the types of the protocol, so an answer of another shape fails.
"""

import asyncio
import os

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PROGRAM = os.environ["CONN_PROGRAM"]
EDITORS = ["visual-studio-code", "neovim", "emacs"]


@pytest_lsp.fixture(
    params=EDITORS, config=ClientServerConfig(server_command=[PROGRAM, "lsp", "--stdio"])
)
async def client(request, lsp_client: LanguageClient):
    capabilities = client_capabilities(request.param)
    result = await lsp_client.initialize_session(
        lsp.InitializeParams(capabilities=capabilities, process_id=os.getpid())
    )
    assert result.server_info.name == "conn"
    assert result.capabilities.position_encoding == "utf-16"
    yield
    await lsp_client.shutdown_session()


def span(line, start, end, last=None):
    return lsp.Range(lsp.Position(line, start), lsp.Position(line if last is None else last, end))


class Script:
    """An open document."""

    def __init__(self, client, text, path):
        self.client, self.uri, self.version = client, path.as_uri(), 1
        self.id = lsp.TextDocumentIdentifier(self.uri)
        client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(self.uri, "conn", 1, text))
        )

    def at(self, line, character):
        return {"text_document": self.id, "position": lsp.Position(line, character)}

    def change(self, *edits):
        """Replaces ranges, one after the other."""
        self.version += 1
        self.client.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(self.version, self.uri),
                [lsp.TextDocumentContentChangePartial(range, text) for range, text in edits],
            )
        )

    async def diagnostics(self):
        """Returns the next diagnostics."""
        async with asyncio.timeout(20):
            while self.uri not in self.client.diagnostics:
                await asyncio.sleep(0.01)
        return self.client.diagnostics.pop(self.uri)


@pytest.fixture
def open_script(client, tmp_path):
    return lambda text, name="a.conn": Script(client, text, tmp_path / name)


@pytest.mark.asyncio
async def test_diagnostics_follow_edits(open_script):
    script = open_script('print f"😀漢 {nope}"\n')
    (found,) = await script.diagnostics()
    assert (found.range, found.code, found.source) == (span(0, 13, 17), "C0110", "conn")
    assert found.severity == lsp.DiagnosticSeverity.Error
    script.change((span(0, 13, 17), "1"), (span(0, 0, 5), "print  1\r\nprint"))
    assert await script.diagnostics() == ()
    script.change((span(1, 13, 14), "$x"), (span(0, 7, 8), '"é"'))
    (found,) = await script.diagnostics()
    assert found.range == span(1, 13, 15)


@pytest.mark.asyncio
async def test_closing_removes_diagnostics(client, open_script):
    script = open_script("print nope\n")
    assert len(await script.diagnostics()) == 1
    client.text_document_did_close(lsp.DidCloseTextDocumentParams(script.id))
    assert await script.diagnostics() == ()


@pytest.mark.asyncio
async def test_completion(client, open_script):
    script = open_script('print "😀"; list | whe')
    items = await client.text_document_completion_async(lsp.CompletionParams(**script.at(0, 22)))
    (item,) = items
    assert (item.label, item.kind) == ("where", lsp.CompletionItemKind.Method)
    assert item.text_edit == lsp.TextEdit(span(0, 19, 22), "where")


@pytest.mark.asyncio
async def test_hover(client, open_script):
    script = open_script("list | where folder_id == 1 | first 3 | disconnect\n")
    hover = await client.text_document_hover_async(lsp.HoverParams(**script.at(0, 15)))
    assert hover.range == span(0, 13, 22)
    assert hover.contents.kind == lsp.MarkupKind.Markdown
    assert hover.contents.value == (
        "```conn\nfolder_id\n```\n\nfolder or project that contains it\n\n- type: `int?`\n"
        "- server filter: `==` as `folder_id`\n- set by: create, update\n\n"
        "Pipeline: destructive, ≤ 3 rows"
    )
    assert await client.text_document_hover_async(lsp.HoverParams(**script.at(0, 4))) is None


@pytest.mark.asyncio
async def test_definition_references_and_rename(client, open_script):
    script = open_script('let x = 1\nprint f"😀 {$x}"\nfor y in [$x] { print $y }\n')
    found = await client.text_document_definition_async(lsp.DefinitionParams(**script.at(1, 13)))
    assert found == lsp.Location(script.uri, span(0, 4, 5))
    uses = await client.text_document_references_async(
        lsp.ReferenceParams(lsp.ReferenceContext(include_declaration=True), **script.at(0, 4))
    )
    places = [span(0, 4, 5), span(1, 13, 14), span(2, 11, 12)]
    assert [use.range for use in uses] == places
    edit = await client.text_document_rename_async(
        lsp.RenameParams(new_name="total", **script.at(2, 11))
    )
    assert list(edit.changes[script.uri]) == [lsp.TextEdit(place, "total") for place in places]


@pytest.mark.asyncio
async def test_definition_in_a_used_file(client, open_script):
    used = open_script("# 😀\ndef used() = first 1\n", "used file.conn")
    script = open_script('use "used file.conn"\nlist | used()\n')
    assert await script.diagnostics() == ()
    found = await client.text_document_definition_async(lsp.DefinitionParams(**script.at(1, 9)))
    assert found == lsp.Location(used.uri, span(1, 4, 8))
    used.change((span(1, 4, 8), "other"))
    assert [found.range for found in await script.diagnostics()] == [span(1, 7, 11)]


@pytest.mark.asyncio
async def test_symbols(client, open_script):
    script = open_script("param p: string\nlet x = 1\ndef f() = first 1\n")
    symbols = await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(script.id))
    assert [(one.name, one.kind, one.selection_range, one.range) for one in symbols] == [
        ("p", lsp.SymbolKind.Variable, span(0, 6, 7), span(0, 0, 15)),
        ("x", lsp.SymbolKind.Variable, span(1, 4, 5), span(1, 0, 9)),
        ("f", lsp.SymbolKind.Function, span(2, 4, 5), span(2, 0, 17)),
    ]


@pytest.mark.asyncio
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
async def test_formatting(client, open_script, newline):
    script = open_script(newline.join(["print 1", "print   2", "", "", "", "print 3", ""]))
    options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
    params = lsp.DocumentFormattingParams(script.id, options)
    edits = await client.text_document_formatting_async(params)
    assert list(edits) == [lsp.TextEdit(span(1, 0, 0, 3), "print 2")]
    script.change(*[(edit.range, edit.new_text) for edit in edits])
    assert await client.text_document_formatting_async(params) == ()


@pytest.mark.asyncio
async def test_code_actions(client, open_script):
    script = open_script("list | wher id == 1\n")
    found = await script.diagnostics()

    async def actions(only):
        context = lsp.CodeActionContext(found, only)
        return await client.text_document_code_action_async(
            lsp.CodeActionParams(script.id, span(0, 8, 8), context)
        )

    (action,) = await actions(None)
    assert action.kind == lsp.CodeActionKind.QuickFix
    assert action.diagnostics == found
    assert list(action.edit.changes[script.uri]) == [lsp.TextEdit(span(0, 7, 11), "where")]
    assert await actions([lsp.CodeActionKind.QuickFix]) == (action,)
    assert await actions([lsp.CodeActionKind.Refactor]) == ()


@pytest.mark.asyncio
async def test_semantic_tokens(client, open_script):
    script = open_script('print "😀" # 漢\n')
    params = lsp.SemanticTokensParams(script.id)
    tokens = await client.text_document_semantic_tokens_full_async(params)
    assert list(tokens.data) == [0, 0, 5, 0, 0, 0, 6, 4, 5, 0, 0, 5, 3, 7, 0]


@pytest.mark.asyncio
async def test_inlay_hints(client, open_script):
    script = open_script("list\nlist | first 3 | disconnect\n")
    params = lsp.InlayHintParams(script.id, span(0, 0, 0, 2))
    (hint,) = await client.text_document_inlay_hint_async(params)
    assert hint.position == lsp.Position(1, 27)
    assert hint.label == "destructive, ≤ 3 rows"


@pytest.mark.asyncio
async def test_requests_that_are_refused(client, open_script):
    open_script("list\n")
    with pytest.raises(Exception, match="the document is not open"):
        absent = lsp.TextDocumentIdentifier("file:///absent.conn")
        await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(absent))
    with pytest.raises(Exception, match="unknown method `workspace/symbol`"):
        await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("x"))
