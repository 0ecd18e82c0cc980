"""A desktop of one's own for one program: Xvfb, openbox, a home with the wanted looks, and the X questions that the truth needs."""
import os, subprocess, time
import numpy
from PIL import Image
from Xlib import X, XK, display as xdisplay
from Xlib.ext import xtest

WIDTH, HEIGHT = 1280, 800
BACKGROUND = '#2a4a5a'

OPENBOX = '''<?xml version="1.0"?><openbox_config xmlns="http://openbox.org/3.4/rc">
<placement><policy>Smart</policy><center>yes</center></placement><focus><focusNew>yes</focusNew></focus>
<theme><name>%s</name></theme><desktops><number>1</number></desktops><keyboard/><mouse/></openbox_config>'''

GTK = '''[Settings]
gtk-theme-name=%(theme)s
gtk-application-prefer-dark-theme=%(dark)d
gtk-font-name=%(font)s %(points)d
gtk-icon-theme-name=%(icons)s
gtk-cursor-blink=0
gtk-enable-animations=0
'''

GTK2 = '''gtk-theme-name="%(theme)s"
gtk-font-name="%(font)s %(points)d"
gtk-icon-theme-name="%(icons)s"
gtk-cursor-blink=0
'''

QT5CT = '''[Appearance]
style=%(theme)s
icon_theme=%(icons)s
custom_palette=%(dark)s
color_scheme_path=/usr/share/qt5ct/colors/darker.conf
[Fonts]
general="%(font)s,%(points)d,-1,5,50,0,0,0,0,0"
fixed="DejaVu Sans Mono,%(points)d,-1,5,50,0,0,0,0,0"
[Interface]
cursor_flash_time=0
'''


class GaveUp(Exception):
    """What was waited for did not come."""


def wait(what, condition, seconds=20):
    """Polls until the condition holds and returns what it gave."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        got = condition()
        if got:
            return got
        time.sleep(.05)
    raise GaveUp(f'no {what} within {seconds} s')


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)


def furnish(home, look):
    """Writes the settings files of the toolkits: theme, font, icons, and nothing that blinks or moves."""
    values = dict(look, theme=look['theme'].removesuffix(':dark'), dark=look['theme'].endswith(':dark'))
    for version in ('gtk-3.0', 'gtk-4.0'):
        write(f'{home}/.config/{version}/settings.ini', GTK % values)
    write(f'{home}/.gtkrc-2.0', GTK2 % values)
    values['dark'] = str(values['dark']).lower()
    write(f'{home}/.config/qt5ct/qt5ct.conf', QT5CT % values)
    write(f'{home}/.config/openbox/rc.xml', OPENBOX % look['frame'])


def environment(home, screen):
    """The environment of the programs of this desktop, and of nobody else."""
    keep = {key: os.environ[key] for key in ('PATH', 'EYES_TALK') if key in os.environ}
    return dict(keep, HOME=home, DISPLAY=screen, LANG='C.UTF-8', XDG_RUNTIME_DIR=home + '/run', XDG_CURRENT_DESKTOP='X-NONE', NO_AT_BRIDGE='0', GTK_MODULES='gail:atk-bridge',
                QT_ACCESSIBILITY='1', QT_LINUX_ACCESSIBILITY_ALWAYS_ON='1', QT_QPA_PLATFORMTHEME='qt5ct', GSETTINGS_BACKEND='memory', GDK_BACKEND='x11', LIBGL_ALWAYS_SOFTWARE='1',
                GTK_OVERLAY_SCROLLING='0')


def start_screen(home):
    """Starts Xvfb on a number it chooses itself; returns the process and the name of the screen."""
    read, write_end = os.pipe()
    server = subprocess.Popen(['Xvfb', '-displayfd', str(write_end), '-screen', '0', f'{WIDTH}x{HEIGHT}x24', '-nolisten', 'tcp', '-dpi', '96'], pass_fds=[write_end], cwd=home, stderr=subprocess.DEVNULL)
    os.close(write_end)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    if not number:
        raise GaveUp('no Xvfb')
    return server, ':' + number


class Desktop:
    """The X side of the screen: pixels, windows, keys, clicks."""

    def __init__(self, name):
        self.display = xdisplay.Display(name)
        self.root = self.display.screen().root
        self.root.change_attributes(background_pixel=int(BACKGROUND[1:], 16))
        self.root.clear_area()
        self.display.sync()

    def pixels(self):
        raw = self.root.get_image(0, 0, WIDTH, HEIGHT, X.ZPixmap, 0xffffffff).data
        return numpy.frombuffer(raw, numpy.uint8).reshape(HEIGHT, WIDTH, 4)[:, :, 2::-1]

    def still(self, seconds=6, calm=.4):
        """Waits until the screen has not changed for a while; what never rests is taken as it is at the end."""
        last, since, end = self.pixels().copy(), time.monotonic(), time.monotonic() + seconds
        while time.monotonic() < end and time.monotonic() - since < calm:
            time.sleep(.08)
            now = self.pixels()
            if (now != last).any():
                last, since = now.copy(), time.monotonic()
        return last

    def property(self, window, name):
        got = window.get_full_property(self.display.get_atom(name), X.AnyPropertyType)
        return got.value if got else None

    def active(self):
        """The active window, or None."""
        got = self.property(self.root, '_NET_ACTIVE_WINDOW')
        return self.display.create_resource_object('window', got[0]) if got is not None and len(got) and got[0] else None

    def title(self, window):
        got = self.property(window, '_NET_WM_NAME')
        if got is None:
            return window.get_wm_name() or ''
        return got.decode('utf-8', 'replace') if isinstance(got, bytes) else str(got)

    def box(self, window):
        """The window in pixels of the screen, without title bar and without the shadow that it draws itself."""
        size, at = window.get_geometry(), window.translate_coords(self.root, 0, 0)
        left, right, top, bottom = self.property(window, '_GTK_FRAME_EXTENTS') or (0, 0, 0, 0)
        return [-at.x + left, -at.y + top, size.width - left - right, size.height - top - bottom]

    def managed(self):
        """The boxes of all program windows, lowest first."""
        ids = self.property(self.root, '_NET_CLIENT_LIST_STACKING')
        return [self.display.create_resource_object('window', one) for one in (ids if ids is not None else [])]

    def popups(self):
        """Boxes of the open menus and lists: windows that no window manager manages."""
        boxes = []
        for window in self.root.query_tree().children:
            try:
                seen, size = window.get_attributes(), window.get_geometry()
                if seen.override_redirect and seen.map_state == X.IsViewable and size.width > 20 and size.height > 12:
                    if self.display.get_atom('_NET_WM_WINDOW_TYPE_TOOLTIP') not in (self.property(window, '_NET_WM_WINDOW_TYPE') or []) and not (self.property(window, 'WM_CLASS') is None and not self.property(window, '_NET_WM_WINDOW_TYPE')):
                        boxes.append(self.box(window))
            except Exception:  # a window may go while it is asked
                continue
        return boxes

    def key(self, chord):
        """Presses a chord such as ctrl+shift+f or Escape."""
        names = {'ctrl': 'Control_L', 'alt': 'Alt_L', 'shift': 'Shift_L', 'comma': 'comma'}
        codes = [self.display.keysym_to_keycode(XK.string_to_keysym(names.get(part, part))) for part in chord.split('+')]
        for code in codes:
            xtest.fake_input(self.display, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self.display, X.KeyRelease, code)
        self.display.sync()

    def type(self, text):
        for sign in text:
            self.key({' ': 'space', '.': 'period', '-': 'minus'}.get(sign, ('shift+' + sign.lower()) if sign.isupper() else sign))

    def move(self, x, y):
        xtest.fake_input(self.display, X.MotionNotify, x=int(x), y=int(y))
        self.display.sync()

    def click(self, x, y, button=1):
        self.move(x, y)
        xtest.fake_input(self.display, X.ButtonPress, button)
        xtest.fake_input(self.display, X.ButtonRelease, button)
        self.display.sync()

    def resize(self, window, width, height):
        window.configure(width=width, height=height)
        self.display.sync()

    def save(self, pixels, path):
        Image.fromarray(pixels).save(path, optimize=True)
