"""What the pixels say where the toolkit says nothing: whether a name is drawn, where, and where the indicator of a checkbox is."""
import functools, subprocess
import numpy
from PIL import ImageFont


@functools.lru_cache(None)
def font_file(family, weight='regular'):
    return subprocess.run(['fc-match', '-f', '%{file}', f'{family}:{weight}'], capture_output=True, text=True, check=True).stdout


@functools.lru_cache(None)
def font(family, points, weight='regular'):
    return ImageFont.truetype(font_file(family, weight), round(points * 96 / 72))


def widths(text, look):
    """How wide the text may be drawn: in the font of the desktop, regular and bold, a size smaller and larger."""
    return [font(look['font'], points, weight).getlength(text) for points in (look['points'], look['points'] - 1) for weight in ('regular', 'bold')]


def runs(marked, gap=1):
    """Runs of true in a row of booleans, as [first, end) pairs; holes smaller than gap are closed."""
    found = []
    for at in numpy.flatnonzero(marked):
        if found and at - found[-1][1] < gap:
            found[-1][1] = at + 1
        else:
            found.append([at, at + 1])
    return found


def ink(pixels, box, threshold=26):
    """Which pixels of the box differ from its commonest colour."""
    x, y, w, h = [max(0, v) for v in box]
    part = pixels[y:y + h, x:x + w].astype(int)
    if part.size == 0:
        return numpy.zeros((0, 0), bool)
    colours, counts = numpy.unique((part // 4).reshape(-1, 3), axis=0, return_counts=True)
    ground = colours[counts.argmax()] * 4 + 2
    return numpy.abs(part - ground).max(axis=2) > threshold


def tight(marked, box):
    """The box of what is marked within the box, in pixels of the screen."""
    rows, columns = numpy.flatnonzero(marked.any(axis=1)), numpy.flatnonzero(marked.any(axis=0))
    if not len(rows):
        return None
    return [int(box[0] + columns[0]), int(box[1] + rows[0]), int(columns[-1] - columns[0] + 1), int(rows[-1] - rows[0] + 1)]


def inset(box, by):
    return [box[0] + by, box[1] + by, max(0, box[2] - 2 * by), max(0, box[3] - 2 * by)]


def drawn(pixels, box, text, look, leading=False):
    """The box where the text of this width is drawn inside the box (near its left edge if leading), or None where nothing looks like it."""
    text = ' '.join((text or '').split())
    if not text or box[2] < 6 or box[3] < 8:
        return None
    likely, best = widths(text, look), None
    for margin in (2, 5):
        inner = inset(box, margin)
        marked = ink(pixels, inner)
        if not marked.size:
            continue
        for top, bottom in runs(marked.any(axis=1), gap=3):
            if bottom - top < 5 or bottom - top > 2.2 * look['points'] * 96 / 72:
                continue
            band = marked[top:bottom]
            columns = band.any(axis=0)
            pieces = runs(columns, gap=3)
            for first in range(len(pieces)):
                for last in range(first, len(pieces)):
                    wide = pieces[last][1] - pieces[first][0]
                    off = min(abs(wide - one) / max(one, 1) for one in likely)
                    slack = max(.09, 2.5 / max(wide, 1))
                    letters = wide > 2.2 * (bottom - top) or len(runs(columns[pieces[first][0]:pieces[last][1]])) >= .34 * len(text.replace(' ', ''))
                    placed = not leading or pieces[first][0] < .3 * box[2]
                    if off < slack and letters and placed and (best is None or off < best[0]):
                        found = tight(band[:, pieces[first][0]:pieces[last][1]], [inner[0] + pieces[first][0], inner[1] + top])
                        best = (off, found)
    return best[1] if best else None


def indicator(pixels, box, text):
    """The square or disc of a checkbox or radio: what is drawn left of its text."""
    room = list(box)
    if text:
        room[2] = max(8, text[0] - 2 - box[0])
    marked = ink(pixels, room, threshold=9)
    if not marked.size:
        return None
    for first, end in runs(marked.any(axis=0), gap=3):
        part = marked[:, first:end]
        for top, bottom in runs(part.any(axis=1), gap=3):
            if 9 <= end - first <= 30 and 9 <= bottom - top <= 30 and .7 < (end - first) / (bottom - top) < 1.4:
                return [int(room[0] + first), int(room[1] + top), int(end - first), int(bottom - top)]
    return None


def framed(pixels, box):
    """Whether the widget draws a frame or a ground of its own: its edge is unlike what is round it."""
    x, y, w, h = box
    if w < 8 or h < 8 or x < 2 or y < 2 or x + w + 2 > pixels.shape[1] or y + h + 2 > pixels.shape[0]:
        return False
    sides = 0
    for inside, outside in ((pixels[y:y + 4, x + 4:x + w - 4], pixels[y - 2:y - 1, x + 4:x + w - 4]), (pixels[y + h - 4:y + h, x + 4:x + w - 4], pixels[y + h + 1:y + h + 2, x + 4:x + w - 4]),
                            (pixels[y + 4:y + h - 4, x:x + 4].swapaxes(0, 1), pixels[y + 4:y + h - 4, x - 2:x - 1].swapaxes(0, 1)),
                            (pixels[y + 4:y + h - 4, x + w - 4:x + w].swapaxes(0, 1), pixels[y + 4:y + h - 4, x + w + 1:x + w + 2].swapaxes(0, 1))):
        if inside.size and outside.size:
            sides += (numpy.abs(inside.astype(int) - outside.astype(int)).max(axis=2).max(axis=0) > 8).mean() > .8
    return sides >= 3


def has_ink(pixels, box, threshold=26):
    marked = ink(pixels, box, threshold)
    return bool(marked.size and marked.any())


def bands(marked, x=0, y=0):
    """Boxes round what stands close together: cut at empty rows, then at gaps wider than between words, and so on until nothing can be cut."""
    rows = runs(marked.any(axis=1), gap=3)
    parts = [(left, top, right - left, bottom - top) for top, bottom in rows for left, right in runs(marked[top:bottom].any(axis=0), gap=9)]
    if len(parts) == 1 and (parts[0][2], parts[0][3]) == (marked.shape[1], marked.shape[0]):
        return [[x, y, marked.shape[1], marked.shape[0]]]
    return [box for left, top, w, h in parts for box in bands(marked[top:top + h, left:left + w], int(x + left), int(y + top))]


def without_lines(marked, longest=45):
    """The marks less the frames and grounds: what runs straight on for longer than a letter does."""
    lines = numpy.zeros_like(marked)
    for part, out in ((marked, lines), (marked.T, lines.T)):
        for row, cleared in zip(part, out):
            for first, end in runs(row):
                if end - first > longest:
                    cleared[first:end] = True
    return marked & ~lines


def textlike(pixels, box, known):
    """Boxes of what looks like a line of text within the box and belongs to nothing that is known."""
    x, y, w, h = box
    marked = ink(pixels, box, 60)
    for one in known:
        left, top = max(0, one[0] - x - 3), max(0, one[1] - y - 3)
        marked[top:max(0, one[1] + one[3] - y + 3), left:max(0, one[0] + one[2] - x + 3)] = False
    lines = bands(without_lines(marked), x, y)
    return [[b[0] - 2, b[1] - 2, b[2] + 4, b[3] + 4] for b in lines if 6 <= b[3] <= 40 and b[2] >= 5]
