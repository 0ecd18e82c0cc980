"""Drives one program to one view and takes it down: its picture, and what it reports of itself, at a moment when neither changes."""
import os, subprocess, time
import gi
gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib
import desktop, tree, truth


class Driver:
    def __init__(self, view, screen):
        self.view, self.screen = view, desktop.Desktop(screen)
        self.processes = []

    def start(self):
        """Switches accessibility on, then starts the window manager and the program, and waits for its window."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        value = GLib.Variant('(ssv)', ('org.a11y.Status', 'IsEnabled', GLib.Variant('b', True)))
        bus.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.freedesktop.DBus.Properties', 'Set', value, None, Gio.DBusCallFlags.NONE, 5000, None)
        quiet = subprocess.DEVNULL if not os.environ.get('EYES_TALK') else None
        self.processes.append(subprocess.Popen(['openbox'], stdout=quiet, stderr=quiet))
        desktop.wait('window manager', lambda: self.screen.property(self.screen.root, '_NET_SUPPORTING_WM_CHECK'))
        self.screen.move(desktop.WIDTH - 3, desktop.HEIGHT - 3)
        self.processes.append(subprocess.Popen(self.view['command'], stdout=quiet, stderr=quiet))
        self.app = desktop.wait('accessible program', self.find, 40)
        self.window = desktop.wait('window', self.screen.active)
        self.screen.still()

    def find(self):
        return tree.application(self.family())

    def family(self):
        """The process of the program and its descendants: some programs start through a script."""
        pids, children = {self.processes[-1].pid}, {}
        for pid in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open(f'/proc/{pid}/stat', encoding='utf-8') as file:
                    children.setdefault(int(file.read().rsplit(')', 1)[1].split()[1]), []).append(int(pid))
            except OSError:
                continue
        queue = list(pids)
        while queue:
            for pid in children.get(queue.pop(), []):
                pids.add(pid)
                queue.append(pid)
        return pids

    def step(self, step):
        """One step: key CHORD, type TEXT, click [ROLE:]NAME (hover, right-click, double-click alike), menu NAME>NAME, size W H, window TITLE (a new one), away (the mouse)."""
        verb, _, rest = step.partition(' ')
        if verb == 'key':
            for chord in rest.split():
                self.screen.key(chord)
                self.screen.still(calm=.25)
        elif verb == 'type':
            self.screen.type(rest)
        elif verb in ('click', 'right-click', 'hover', 'double-click'):
            node = desktop.wait(rest, lambda: self.seek(rest), 8)
            x, y = node.box[0] + node.box[2] // 2, node.box[1] + node.box[3] // 2
            if verb == 'hover':
                self.screen.move(x, y)
            else:
                for _ in range(2 if verb == 'double-click' else 1):
                    self.screen.click(x, y, 3 if verb == 'right-click' else 1)
        elif verb == 'menu':
            for name in rest.split('>'):
                self.step('click ' + name)
        elif verb == 'size':
            self.screen.resize(self.screen.active(), *map(int, rest.split()))
        elif verb == 'window':
            self.another(rest)
        elif verb == 'stay':
            pass
        elif verb == 'away':
            self.screen.move(desktop.WIDTH - 3, desktop.HEIGHT - 3)
        else:
            raise ValueError(step)
        self.screen.still()

    def another(self, title):
        """Waits until another window than the last is active (whose title has these words, if any)."""
        def come():
            now = self.screen.active()
            return now if now and now.id != self.window.id and title.lower() in self.screen.title(now).lower() else None
        self.window = desktop.wait(f'window {title}', come, 12)

    def seek(self, wanted):
        """The shown node with this name (role:name narrows it)."""
        role, _, name = wanted.rpartition(':')
        for top in self.tops():
            for node in top.walk():
                if 'showing' in node.states and node.box[2] > 0 and node.name.replace('…', '...').strip() == name and (not role or node.role == role):
                    return node
        return None

    def tops(self):
        """Everything the program shows now, window by window."""
        taken = []
        for top in tree.windows(self.app):
            node = tree.take(top, self.view['toolkit'], self.offset(top))
            node.popup = any(truth.area(truth.meet(node.box, popup)) > .8 * truth.area(node.box) > 0 for popup in self.screen.popups())
            taken.append(node)
        return taken

    def offset(self, top):
        """What must be added to the boxes that the toolkit reports: GTK 4 knows no place on the screen."""
        if self.view['toolkit'] != 'gtk4':
            return 0, 0
        box = self.screen.box(self.screen.active())
        said = tree.extents(top)
        return box[0] - said[0], box[1] - said[1]

    def current(self, tops):
        """The window's tree: the shown top whose box is that of the active window."""
        active = self.screen.active()
        box, title = self.screen.box(active), self.screen.title(active)
        best = None
        for top in tops:
            fit = truth.area(truth.meet(top.box, box)) / max(1, truth.area(truth.union([top.box, box]))) + .2 * (top.name == title) + .1 * ('active' in top.states)
            if not top.popup and (best is None or fit > best[0]):
                best = (fit, top)
        if not best or best[0] < .8:
            raise desktop.GaveUp(f'no tree for the window "{title}" {box}: {[(top.name, top.box) for top in tops]}')
        return best[1], box, title

    def write(self, out):
        """Takes picture, tree, picture until both pictures are the same; a hint that hangs about under the mouse is sent away."""
        if not self.screen.popups() and not self.view['steps'][-1:] == ['stay']:
            self.screen.move(desktop.WIDTH - 3, desktop.HEIGHT - 3)
        for _ in range(4):
            pixels = self.screen.still().copy()
            tops = self.tops()
            if not (self.screen.pixels() != pixels).any():
                break
        top, box, title = self.current(tops)
        popups = self.screen.popups()
        picture = truth.Picture(pixels, self.view['look'], self.view['toolkit'], box, popups, self.view.get('neutral', ()))
        picture.take(top)
        for other in tops:
            if other is not top and other.popup:
                picture.take(other)
        picture.overlaid([self.screen.box(one) for one in self.screen.managed() if one.id != self.screen.active().id])
        look, name = self.view['look'], self.view['name']
        source = {'kind': 'native', 'toolkit': self.view.get('says', self.view['toolkit']), 'toolkit_version': self.app.get_toolkit_version() or '', 'app': self.view['app'], 'window': title, 'theme': look['theme'],
                  'font': f'{look["font"]} {look["points"]}'}
        written = picture.truth(name + '.png', source)
        self.screen.save(pixels, f'{out}/{name}.png')
        truth.dump(written, f'{out}/{name}.json')
        if os.environ.get('EYES_TALK'):
            for one in tops:
                for node in one.walk():
                    print('  ' * len(list(node.above())), node, node.actions)
        loose = sum(word.get('loose', False) for word in written['words'])
        return f'"{title}" {look["theme"]}, {look["font"]} {look["points"]}: {len(written["elements"])} elements, {len(written["words"])} words ({loose} loose; ink under {picture.inked} of {picture.placed} placed), {len(picture.missed)} unexplained'

    def stop(self):
        for process in reversed(self.processes):
            process.kill()
