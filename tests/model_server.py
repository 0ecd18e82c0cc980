#!/usr/bin/env python3
"""A model's server for tests: plays a script of answers, good days and bad ones, and logs what it was asked.

    model_server.py SCRIPT.json LOG.jsonl [CERTIFICATE.pem]

With a certificate (and its key, in one file) it speaks HTTPS.

Prints its port (on 127.0.0.1) as a line, and ends when its standard input does. The n-th request gets the n-th answer
of SCRIPT, a list of objects; after the last one every request gets a 418 that says so. An answer's members, all optional:

  status    200
  headers   {"retry-after": "2", ...}
  body      an object or list (sent as JSON) or a text (sent as it is)
  bytes     the body is this many times the letter x instead
  chunked   true: without Content-Length, in chunks of 64 KiB
  cut       the connection is closed after this many bytes of the body; -1: before the first byte of the headers
  stall     after this many bytes of the body nothing more comes, until the client goes; -1: not even the headers
  drip      milliseconds between every two bytes of headers and body
  times     the answer is given this many times (1)

A request is one line of LOG, written before the answer begins: {"n": 1, "connection": 1, "method": "POST",
"path": "/v1/messages", "headers": {"x-api-key": "...", lower case}, "body": {...} (a text where it is no JSON)}.
"""
import json
import os
import select
import socket
import ssl
import sys
import threading
import time

lock = threading.Lock()


class Gone(Exception):
    """The client closed the connection."""


class Server:
    def __init__(self, script, log, certificate=None):
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate else None
        if certificate:
            self.tls.load_cert_chain(certificate)
        self.answers = [a for a in script for _ in range(a.get("times", 1))]
        self.log = open(log, "a", encoding="utf-8")
        self.asked = 0

    def take(self, connection, request):
        """The answer to REQUEST, which is logged."""
        with lock:
            self.asked += 1
            line = {"n": self.asked, "connection": connection, **request}
            self.log.write(json.dumps(line, ensure_ascii=False) + "\n")
            self.log.flush()
            if self.asked <= len(self.answers):
                return self.answers[self.asked - 1]
        return {"status": 418, "body": {"error": {"type": "script_error", "message": "the script is over"}}}


def read_request(stream):
    first = stream.readline().split()
    if len(first) != 3:
        raise Gone
    headers = {}
    while (line := stream.readline().rstrip(b"\r\n")):
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    text = stream.read(int(headers.get("content-length", 0))).decode("utf-8", "replace")
    try:
        body = json.loads(text)
    except ValueError:
        body = text
    return {"method": first[0].decode(), "path": first[1].decode(), "headers": headers, "body": body}


def wait_until_gone(client):
    while client.recv(65536):
        pass
    raise Gone


def send_slowly(client, data, drip):
    for i in range(len(data)):
        client.sendall(data[i:i + 1])
        if select.select([client], [], [], drip / 1000)[0]:
            raise Gone  # nothing more is asked before the answer is whole


def send(client, data, answer):
    if answer.get("drip"):
        send_slowly(client, data, answer["drip"])
    else:
        client.sendall(data)


def body_of(answer):
    if "bytes" in answer:
        return b"x" * answer["bytes"]
    body = answer.get("body", "")
    return (body if isinstance(body, str) else json.dumps(body)).encode("utf-8", "surrogateescape")


def in_chunks(body):
    parts = [body[i:i + 65536] for i in range(0, len(body), 65536)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"


def answer_with(client, answer):
    status, body = answer.get("status", 200), body_of(answer)
    cut, stall = answer.get("cut"), answer.get("stall")
    headers = {"content-type": "application/json", **answer.get("headers", {})}
    if answer.get("chunked"):
        headers["transfer-encoding"] = "chunked"
        body = in_chunks(body)
    else:
        headers["content-length"] = len(body)
    end = cut if cut is not None else stall
    if end != -1:
        head = f"HTTP/1.1 {status} Answer\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n"
        send(client, head.encode("latin-1"), answer)
        send(client, body[:end], answer)
    if stall is not None:
        wait_until_gone(client)
    if cut is not None:
        raise Gone


def serve(server, client, number):
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        if server.tls:
            client = server.tls.wrap_socket(client, server_side=True)
        stream = client.makefile("rb")
        while True:
            answer_with(client, server.take(number, read_request(stream)))
    except (Gone, OSError):
        pass
    finally:
        # The stream holds the socket, too: close() alone would leave it open.
        try:
            client.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        client.close()


def accept(server, listener):
    number = 0
    while True:
        client, _ = listener.accept()
        number += 1
        threading.Thread(target=serve, args=(server, client, number), daemon=True).start()


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        server = Server(json.load(file), *sys.argv[2:])
    listener = socket.create_server(("127.0.0.1", 0), backlog=16)
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=accept, args=(server, listener), daemon=True).start()
    while os.read(0, 4096):
        pass


if __name__ == "__main__":
    main()
