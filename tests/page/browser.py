"""Opens a page in a headless Chromium over its DevTools pipe, runs a script in it and says what came of it, as JSON:

    browser.py PAGE SCRIPT [--dark] [--size 1280x800] [--picture FILE.png]

    {"result": what the script's promise gives, "errors": [texts], "requests": [addresses but the page itself, data: and blob:]}
"""
import argparse
import base64
import json
import os
import select
import subprocess
import sys
import tempfile
import time

SECONDS = 120


class Browser:
    def __init__(self, profile, size):
        to_read, self.to = os.pipe()
        self.out, out_write = os.pipe()
        # Chromium reads descriptor 3 and writes 4.
        arrange = f"exec 3<&{to_read} 4>&{out_write}; exec \"$@\""
        self.process = subprocess.Popen(
            ["bash", "-c", arrange, "bash", "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}", "--no-first-run", "--disable-background-networking", "about:blank"],
            pass_fds=(to_read, out_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(out_write)
        self.rest = b""
        self.number = 0
        self.errors = []
        self.requests = []
        self.loaded = False
        self.until = time.monotonic() + SECONDS

    def send(self, method, session=None, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        return self.number

    def message(self):
        while b"\0" not in self.rest:
            if not select.select([self.out], [], [], max(0, self.until - time.monotonic()))[0]:
                raise TimeoutError("Chromium does not answer")
            chunk = os.read(self.out, 1 << 20)
            if not chunk:
                raise EOFError("Chromium has ended")
            self.rest += chunk
        one, self.rest = self.rest.split(b"\0", 1)
        return json.loads(one)

    def note(self, message):
        method, params = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            self.errors.append(" ".join(str(a.get("value", a.get("description"))) for a in params["args"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.errors.append(params["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif method == "Page.loadEventFired":
            self.loaded = True

    def call(self, method, session=None, **params):
        number = self.send(method, session, **params)
        while True:
            message = self.message()
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]
            self.note(message)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("page")
    options.add_argument("script")
    options.add_argument("--dark", action="store_true")
    options.add_argument("--size", default="1280x800")
    options.add_argument("--picture")
    o = options.parse_args()
    size = [int(n) for n in o.size.split("x")]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile, size)
        try:
            target = browser.call("Target.createTarget", url="about:blank")["targetId"]
            session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Network"):
                browser.call(f"{domain}.enable", session)
            browser.call("Emulation.setDeviceMetricsOverride", session, width=size[0], height=size[1], deviceScaleFactor=1, mobile=False)
            browser.call("Emulation.setEmulatedMedia", session,
                         features=[{"name": "prefers-color-scheme", "value": "dark" if o.dark else "light"}])
            began = time.monotonic()
            browser.call("Page.navigate", session, url=o.page)
            while not browser.loaded:
                browser.note(browser.message())
            loaded = time.monotonic() - began
            answer = browser.call("Runtime.evaluate", session, expression=o.script, awaitPromise=True, returnByValue=True)
            if "exceptionDetails" in answer:
                browser.errors.append(answer["exceptionDetails"].get("exception", {}).get("description", "the script failed"))
            if o.picture:
                with open(o.picture, "wb") as file:
                    file.write(base64.b64decode(browser.call("Page.captureScreenshot", session)["data"]))
            own = o.page.split("#")[0]
            print(json.dumps({"result": answer["result"].get("value"), "errors": browser.errors, "loaded_seconds": round(loaded, 2),
                              "requests": [r for r in browser.requests if r.split("#")[0] != own and not r.startswith(("data:", "blob:"))]}))
        finally:
            browser.process.kill()
            browser.process.wait()


sys.exit(main())
