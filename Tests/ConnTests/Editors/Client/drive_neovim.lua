-- Runs in Neovim with `a.conn` open, and writes what the editor shows as lines of JSON.

local function wait(condition)
  assert(vim.wait(10000, condition, 20), "timeout")
end

local function show(value)
  io.write(vim.fn.json_encode(value), "\n")
end

local function ask(method, line, character)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = line, character = character },
  }
  local _, answer = next(vim.lsp.buf_request_sync(0, "textDocument/" .. method, params, 10000))
  return answer.result
end

local function drive()
  wait(function() return #vim.diagnostic.get(0) > 0 end)
  local found = vim.diagnostic.get(0)[1]
  show({ found.lnum, found.col, found.end_col, found.code })

  vim.api.nvim_buf_set_lines(0, 0, -1, true, {
    "let x = 1", "print   $x", 'print f"😀 {$x}"', "list | first 3 | disc",
  })
  local function label(item) return item.label end
  show(vim.tbl_map(label, ask("completion", 3, 21)))
  vim.fn.setline(4, "list | first 3 | disconnect")
  show(ask("hover", 1, 9).contents.value)

  vim.fn.cursor(3, 15)
  vim.lsp.buf.definition()
  wait(function() return vim.fn.line(".") == 1 end)
  show({ vim.fn.line("."), vim.fn.col(".") })
  vim.lsp.buf.rename("total")
  wait(function() return vim.fn.getline(1) == "let total = 1" end)
  if vim.lsp.buf.format then vim.lsp.buf.format() else vim.lsp.buf.formatting_sync(nil, 10000) end
  show(vim.fn.getline(1, "$"))
  local function codes()
    return vim.tbl_map(function(diagnostic) return diagnostic.code end, vim.diagnostic.get(0))
  end
  wait(function() return vim.deep_equal(codes(), { "C0306" }) end)
end

local isDone, problem = pcall(drive)
if not isDone then show(problem) end
vim.cmd("qa!")
