"""What answering costs on a phone's line, from the browser's own log: bytes of the first page, and all requests."""
