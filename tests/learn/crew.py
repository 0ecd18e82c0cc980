"""A form in GTK 3: what Save was pressed with is printed as JSON and said in the window."""
import json
import sys

import gi

gi.require_version("Gtk", "3.0")
from gi.repository import Gtk

LABELS = ["Name", "Town"]
window = Gtk.Window(title="Crew")
grid = Gtk.Grid(row_spacing=12, column_spacing=12, margin=24)
entries = {}
for row, label in enumerate(LABELS):
    grid.attach(Gtk.Label(label=label, xalign=0), 0, row, 1, 1)
    entries[label] = Gtk.Entry(width_chars=30)
    grid.attach(entries[label], 1, row, 1, 1)
swims = Gtk.CheckButton(label="Can swim")
grid.attach(swims, 1, 2, 1, 1)
save = Gtk.Button(label="Save")
grid.attach(save, 1, 3, 1, 1)
said = Gtk.Label(label="", xalign=0)
grid.attach(said, 0, 4, 2, 1)


def saved(_):
    values = {label: entry.get_text() for label, entry in entries.items()}
    print(json.dumps({**values, "Can swim": swims.get_active()}), flush=True)
    said.set_text("Saved: " + values["Name"])


save.connect("clicked", saved)
window.connect("destroy", Gtk.main_quit)
window.add(grid)
window.show_all()
Gtk.main()
sys.exit(0)
