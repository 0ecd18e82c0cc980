#!/usr/bin/env python3
"""eyes.py DIR [SCORER]: hem's eyes beside the tesseract program, on the pictures of DIR, in one run.

DIR holds NAME.png with the truth in NAME.json (percept-truth/1); SCORER is its score.py: by default the one beside DIR,
or shared/percept's. Each picture is read by a process of its own, one after the other, with one thread and without what
was read before (HEM_CACHE=off), so that every frame is cold. Run from the root of the sources by `make bench-eyes`;
what was seen is left in build/eyes, the figures in build/eyes/figures.json.
"""
import csv
import glob
import io
import json
import os
import statistics
import subprocess
import sys
import time

HEM = 'build/hem'
OUT = 'build/eyes'
ALONE = dict(os.environ, OMP_THREAD_LIMIT='1', HEM_CACHE='off')
TESSERACT = {'tesseract, psm 3': (['--psm', '3'], 1), 'tesseract, psm 11, x2': (['--psm', '11'], 2)}


def fail(text):
    print('eyes.py: ' + text, file=sys.stderr)
    sys.exit(2)


def run(argv, data=None):
    begin = time.monotonic()
    done = subprocess.run(argv, input=data, env=ALONE, capture_output=True)
    ms = (time.monotonic() - begin) * 1000
    if done.returncode != 0:
        fail('%s: status %d\n%s' % (' '.join(argv), done.returncode, done.stderr.decode(errors='replace')))
    return done.stdout, ms


def hem(picture):
    """What hem sees; how long its process took, and its reading from pixels to scene."""
    output, process_ms = run([HEM, 'see', '--image', picture, '--json'])
    seen = json.loads(output)
    return seen, process_ms, seen['ms']['read']


def words_of(table, scale):
    """The words of Tesseract's TSV, as the scorer takes them."""
    words = []
    for row in csv.DictReader(io.StringIO(table), delimiter='\t', quoting=csv.QUOTE_NONE):
        if row['level'] == '5' and row['text'].strip():
            box = [round(int(row[side]) / scale) for side in ('left', 'top', 'width', 'height')]
            words.append({'text': row['text'], 'box': box})
    return words


def tesseract(picture, options, scale):
    """Enlarging is not counted in the time."""
    data = None
    if scale > 1:
        data, _ = run(['convert', picture, '-filter', 'Catrom', '-resize', '%d%%' % (100 * scale), 'png:-'])
    output, ms = run(['tesseract', '-' if data else picture, '-'] + options + ['tsv'], data)
    return {'elements': [], 'words': words_of(output.decode(), scale)}, ms


def score(scorer, truth, folder):
    figures = os.path.join(folder, 'figures')
    run(['python3', scorer, truth, folder, '--json', figures])
    with open(figures) as file:
        return json.load(file)['total']


def keep(folder, name, seen):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name + '.json'), 'w') as file:
        json.dump(seen, file)


def percent(value):
    return '%6.1f' % (100 * value) if value is not None else '     -'


def print_table(rows):
    columns = [('F1', 'f1'), ('click', 'click_recall'), ('role', 'role_acc'), ('names', 'name_acc_fields'),
               ('checked', 'checked_acc'), ('words: recall', 'word_recall'), ('precision', 'word_precision'),
               ('char. errors', 'cer')]
    print('%-24s' % '%' + ''.join('%*s' % (len(title) + 2 if len(title) > 5 else 8, title) for title, _ in columns))
    for name, figures in rows:
        cells = ''
        for title, key in columns:
            width = len(title) + 2 if len(title) > 5 else 8
            about_words = key.startswith('word') or key == 'cer'
            value = figures.get(key) if name == 'hem' or about_words else None
            cells += '%*s' % (width, percent(value).strip())
        print('%-24s' % name + cells)


def print_times(times):
    print('\n%-24s%10s%10s%10s' % ('ms a cold frame', 'median', 'mean', 'most'))
    for name, ms in times.items():
        print('%-24s%10.1f%10.1f%10.1f' % (name, statistics.median(ms), statistics.mean(ms), max(ms)))
    whole = sum(times['tesseract, psm 3'])
    print('\nhem takes 1/%.1f of the time of tesseract, psm 3, on the same frames, from pixels to scene;'
          % (whole / sum(times['hem, pixels to scene'])))
    print('as a process, start and decoding of the picture included, 1/%.1f.' % (whole / sum(times['hem, the process'])))


def main():
    if len(sys.argv) < 2 or not os.path.isdir(sys.argv[1]):
        fail('usage: make bench-eyes DIR=FOLDER, with NAME.png and NAME.json in it')
    truth = os.path.normpath(sys.argv[1])
    pictures = sorted(p for p in glob.glob(os.path.join(truth, '*.png')) if os.path.exists(p[:-4] + '.json'))
    places = sys.argv[2:] or [os.path.join(truth, '..', 'score.py'), '../shared/percept/score.py']
    scorer = next((place for place in places if os.path.exists(place)), None)
    if not pictures or not scorer:
        fail('%s has no pictures with their truth' % truth if not pictures else 'there is no %s' % ' and no '.join(places))

    times = {name: [] for name in ['hem, pixels to scene', 'hem, the process', *TESSERACT]}
    subprocess.run(['rm', '-rf', OUT])
    for picture in pictures:
        name = os.path.basename(picture)[:-4]
        seen, process_ms, read_ms = hem(picture)
        keep(os.path.join(OUT, 'hem'), name, seen)
        times['hem, pixels to scene'].append(read_ms)
        times['hem, the process'].append(process_ms)
        for program, (options, scale) in TESSERACT.items():
            seen, ms = tesseract(picture, options, scale)
            keep(os.path.join(OUT, program), name, seen)
            times[program].append(ms)

    rows = [(name, score(scorer, truth, os.path.join(OUT, name))) for name in ['hem', *TESSERACT]]
    print('%d pictures of %s, scored by %s\n' % (len(pictures), truth, scorer))
    print_table(rows)
    print_times(times)
    with open(os.path.join(OUT, 'figures.json'), 'w') as file:
        json.dump({'figures': dict(rows), 'ms': times}, file, indent=1)


main()
