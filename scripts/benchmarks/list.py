"""Answers every GET with a file, compressed with gzip if the second argument is gzip.

Prints what to source: the address and a token. usage: list.py FILE [gzip]
"""

import gzip
import http.server
import sys

with open(sys.argv[1], "rb") as file:
    body = file.read()
coding = sys.argv[2] if len(sys.argv) > 2 else None
if coding:
    body = gzip.compress(body, 6)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if coding:
            self.send_header("Content-Encoding", coding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"export WORKATO_HOST=http://127.0.0.1:{server.server_port} WORKATO_API_TOKEN=bench", flush=True)
server.serve_forever()
