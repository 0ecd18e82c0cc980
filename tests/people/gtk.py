"""What hem's tests have a person do in GTK 3: gtk.py PAGE [X,Y]. What was done is told on standard output."""
import sys

import gi

gi.require_version('Gdk', '3.0')
gi.require_version('Gtk', '3.0')
from gi.repository import Gdk, Gtk  # noqa: E402


def tell(what):
    print(f'told: {what};', flush=True)


def line(label, widget):
    row = Gtk.Box(spacing=12)
    name = Gtk.Label(label=label, xalign=1)
    name.set_size_request(120, -1)
    row.add(name)
    row.add(widget)
    return row


def form(box):
    name, nights = Gtk.Entry(width_chars=30), Gtk.SpinButton.new_with_range(1, 30, 1)
    quay, power = Gtk.ComboBoxText(), Gtk.CheckButton(label='Electricity')
    for text in 'North', 'South', 'West':
        quay.append_text(text)
    quay.set_active(0)
    quay.set_size_request(240, -1)
    for row in line('Boat name', name), line('Nights', nights), line('Quay', quay), power:
        box.add(row)
    book = Gtk.Button(label='Book', halign=Gtk.Align.START)
    book.connect('clicked', lambda _: tell(f'booked {name.get_text()},{nights.get_value_as_int()},'
                                           f'{quay.get_active_text()},{power.get_active()}'))
    box.add(book)


def menus(box):
    bar = Gtk.MenuBar()
    for title, entries in ('File', ('New', 'Open', 'Close')), ('Edit', ('Copy', 'Paste')):
        item, menu = Gtk.MenuItem(label=title), Gtk.Menu()
        for entry in entries:
            part = Gtk.MenuItem(label=entry)
            part.connect('activate', lambda part: tell(part.get_label()))
            menu.append(part)
        item.set_submenu(menu)
        bar.append(item)
    box.add(bar)
    text, frame = Gtk.TextView(), Gtk.ScrolledWindow(shadow_type=Gtk.ShadowType.IN)
    frame.set_size_request(400, 120)
    frame.add(text)
    box.add(Gtk.Label(label='Remarks', xalign=0))
    box.add(frame)
    buffer = text.get_buffer()
    text.connect('key-press-event', lambda _, event: event.keyval == Gdk.KEY_F5 and tell(
        'remarks ' + buffer.get_text(*buffer.get_bounds(), False).replace('\n', '/')))


def rows(box):
    store = Gtk.ListStore(str, str)
    for row in ('Argo', 'Sloop'), ('Bounty', 'Ship'), ('Calypso', 'Trawler'):
        store.append(row)
    view = Gtk.TreeView(model=store)
    for i, title in enumerate(('Name', 'Kind')):
        column = Gtk.TreeViewColumn(title, Gtk.CellRendererText(), text=i)
        column.set_min_width(160)
        view.append_column(column)
    view.connect('row-activated', lambda _, path, __: tell(f'opened {store[path][0]}'))
    box.add(view)
    remove = Gtk.Button(label='Remove', halign=Gtk.Align.START)
    remove.connect('clicked', lambda _: tell('removed ' + ','.join(
        store[path][0] for path in view.get_selection().get_selected_rows()[1])))
    box.add(remove)


x, y = (int(n) for n in sys.argv[2].split(',')) if len(sys.argv) > 2 else (0, 0)
window = Gtk.Window(title='Berths', default_width=600, default_height=400)
box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=12, margin=16)
{'form': form, 'menus': menus, 'rows': rows}[sys.argv[1]](box)
window.add(box)
window.move(x, y)
window.show_all()
window.connect('destroy', Gtk.main_quit)
Gtk.main()
