"""The left half can be dragged, and dropped on the right one (GTK 3). Each drop is told on standard output."""
import gi
gi.require_version('Gdk', '3.0')
gi.require_version('Gtk', '3.0')
from gi.repository import Gdk, Gtk

window = Gtk.Window(title='Drags')
halves = Gtk.Box(homogeneous=True)
card, tray = Gtk.EventBox(), Gtk.EventBox()
card.add(Gtk.Label(label='Card'))
tray.add(Gtk.Label(label='Tray'))
card.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
card.drag_source_add_text_targets()
card.connect('drag-data-get', lambda w, c, data, i, t: data.set_text('card', -1))
tray.drag_dest_set(Gtk.DestDefaults.ALL, [], Gdk.DragAction.COPY)
tray.drag_dest_add_text_targets()


def dropped(widget, context, x, y, data, info, time):
    left, top = widget.translate_coordinates(window, x, y)
    print(f'drop {data.get_text()} at {left},{top}.', flush=True)


tray.connect('drag-data-received', dropped)
halves.pack_start(card, True, True, 0)
halves.pack_start(tray, True, True, 0)
window.add(halves)
window.connect('destroy', Gtk.main_quit)
window.fullscreen()
window.show_all()
Gtk.main()
