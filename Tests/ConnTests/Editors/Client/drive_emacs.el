;; Runs in Emacs with an init file loaded, and writes what the editor shows as lines of JSON.

(require 'eglot)
(require 'json)

(defun wait-for (test)
  (with-timeout (10 (error "timeout"))
    (while (not (funcall test)) (accept-process-output nil 0.05))))

(defun show (value) (princ (concat (json-encode value) "\n")))

(find-file "a.conn")
(run-hooks 'post-command-hook) ; a batch has no commands
(wait-for #'eglot-managed-p)
(wait-for (lambda () eglot--diagnostics))
(let ((found (car eglot--diagnostics)))
  (show (vector (flymake-diagnostic-beg found) (flymake-diagnostic-end found))))

(erase-buffer)
(insert "let x = 1\nprint   $x\nprint f\"😀 {$x}\"\nlist | first 3 | disc")
(show (vconcat (mapcar #'substring-no-properties
                       (all-completions "disc" (nth 2 (eglot-completion-at-point))))))
(insert "onnect")
(goto-char (point-min))
(search-forward "😀 {$")
(xref-find-definitions "x")
(show (vector (line-number-at-pos) (current-column)))
(eglot-rename "total")
(eglot-format-buffer)
(show (vconcat (split-string (buffer-string) "\n")))
(eglot--signal-textDocument/didChange)
(goto-char (point-min))
(search-forward "print $")
(show (plist-get (plist-get (jsonrpc-request (eglot-current-server) :textDocument/hover
                                             (eglot--TextDocumentPositionParams))
                            :contents)
                 :value))
(set-buffer-modified-p nil)
(eglot-shutdown (eglot-current-server))
