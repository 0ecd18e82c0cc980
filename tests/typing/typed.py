#!/usr/bin/python3
"""A text field of a real toolkit that keeps what was typed into it: `typed.py PROGRAM FILE`. After each change the whole
text is in FILE, renamed into place, so that a reader never sees a half. F5 makes it empty again. With `freeze` or `die`
as a third argument the program does that after some hundred characters."""

import http.server
import os
import signal
import subprocess
import sys
import termios
import threading

FILE = sys.argv[2]
END = {"freeze": signal.SIGSTOP, "die": signal.SIGKILL}.get(sys.argv[3] if len(sys.argv) > 3 else "")
END_AT = 500
program = os.getpid()


def keep(text):
    with open(FILE + ".new", "wb") as out:
        out.write(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    os.rename(FILE + ".new", FILE)
    if END and len(text) >= END_AT:
        os.kill(program, END)


def gtk(version):
    import gi

    gi.require_version("Gtk", version)
    gi.require_version("Gdk", version)
    from gi.repository import Gdk, GLib, Gtk

    if version == "4.0":
        Gtk.init()
    view = Gtk.TextView(wrap_mode=Gtk.WrapMode.CHAR)
    text = view.get_buffer()
    waiting = False

    def write():
        nonlocal waiting
        waiting = False
        keep(text.get_text(text.get_start_iter(), text.get_end_iter(), True))

    def changed(_):
        nonlocal waiting
        if not waiting:
            waiting = True
            GLib.idle_add(write)

    def pressed(key):
        if key == Gdk.KEY_F5:
            text.set_text("")
        return key == Gdk.KEY_F5

    text.connect("changed", changed)
    window = Gtk.Window(title="Typed", default_width=800, default_height=600)
    scrolled = Gtk.ScrolledWindow()
    loop = GLib.MainLoop()
    if version == "3.0":
        view.connect("key-press-event", lambda _, event: pressed(event.keyval))
        scrolled.add(view)
        window.add(scrolled)
        window.show_all()
    else:
        keys = Gtk.EventControllerKey()
        keys.connect("key-pressed", lambda _, key, *rest: pressed(key))
        view.add_controller(keys)
        scrolled.set_child(view)
        window.set_child(scrolled)
        window.present()
    view.grab_focus()
    write()
    loop.run()


def qt5():
    from PyQt5 import QtCore, QtGui, QtWidgets

    app = QtWidgets.QApplication(["typed"])

    class Field(QtWidgets.QPlainTextEdit):
        def keyPressEvent(self, event):
            self.clear() if event.key() == QtCore.Qt.Key_F5 else super().keyPressEvent(event)

    field = Field()
    timer = QtCore.QTimer(singleShot=True, interval=0)

    # toPlainText makes a space of every no-break space.
    def text():
        cursor = QtGui.QTextCursor(field.document())
        cursor.select(QtGui.QTextCursor.Document)
        return cursor.selectedText().replace("\u2029", "\n")

    timer.timeout.connect(lambda: keep(text()))
    field.textChanged.connect(lambda: timer.isActive() or timer.start())
    field.resize(800, 600)
    field.show()
    field.setFocus()
    keep("")
    app.exec_()


PAGE = b"""<!doctype html><meta charset=utf-8><title>Typed</title>
<style>textarea { width: 95vw; height: 90vh }</style><textarea autofocus spellcheck=false></textarea><script>
const field = document.querySelector('textarea');
let sending = false, again = false;
async function send() {
    again = true;
    if (sending) return;
    for (sending = true; again;) {
        again = false;
        await fetch('/', {method: 'POST', body: field.value});
    }
    sending = false;
}
field.addEventListener('input', send);
addEventListener('keydown', e => {
    if (e.key == 'Tab') { e.preventDefault(); field.setRangeText('\\t', field.selectionStart, field.selectionEnd, 'end'); send() }
    if (e.key == 'F5') { e.preventDefault(); field.value = ''; send() }
});
field.focus();
send();
</script>"""


def chromium():
    global program

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, body):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            self.answer(PAGE if self.path == "/" else b"")

        def do_POST(self):
            keep(self.rfile.read(int(self.headers["Content-Length"])))
            self.answer(b"")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    child = subprocess.Popen(["chromium", f"--app=http://127.0.0.1:{server.server_port}/"])
    program = child.pid
    sys.exit(child.wait())


def terminal():
    """Inside a terminal: what it sends, unchanged but that Return is a newline."""
    global program
    program = os.getppid()
    mode = termios.tcgetattr(0)
    mode[3] &= ~(termios.ICANON | termios.ISIG | termios.IEXTEN)
    mode[0] &= ~termios.IXON
    termios.tcsetattr(0, termios.TCSANOW, mode)
    text = b""
    keep(text)
    while more := os.read(0, 65536):
        text += more
        if b"\x1b[15~" in text:
            text = text[text.index(b"\x1b[15~") + 5:]
        keep(text)


def xterm():
    sys.exit(subprocess.call(["xterm", "-u8", "-e", sys.executable, __file__, "terminal", *sys.argv[2:]]))


def tk():
    sys.exit(subprocess.call(["wish", os.path.join(os.path.dirname(__file__), "typed.tcl"), FILE]))


PROGRAMS = {"gtk3": lambda: gtk("3.0"), "gtk4": lambda: gtk("4.0"), "qt5": qt5, "chromium": chromium, "tk": tk,
            "xterm": xterm, "terminal": terminal}
PROGRAMS[sys.argv[1]]()
