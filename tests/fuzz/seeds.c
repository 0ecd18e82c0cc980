/*
 * seeds FOLDER: what the fuzzers begin with, small so that they are quick: in FOLDER/picture PNGs
 * of every kind, in FOLDER/page pages of the cache, in FOLDER/traineddata a language of a few
 * letters, in FOLDER/reply answers of models.
 */
#include "base/buf.h"
#include "vision/page.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *folder;

static FILE *seed_open(const char *kind, int number)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, kind);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/%s/seed-%d", folder, kind, number);
    FILE *file = fopen(path, "wb");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

static void seed_write(const char *kind, int number, const void *bytes, size_t size)
{
    FILE *file = seed_open(kind, number);
    fwrite(bytes, 1, size, file);
    fclose(file);
}

#define SIDE 9 /* pixels; interlaced, none of its passes is empty */

static void rows_write(png_structp png)
{
    uint8_t row[SIDE * 8];
    int passes = png_set_interlace_handling(png);
    for (int pass = 0; pass < passes; pass++)
        for (int y = 0; y < SIDE; y++) {
            for (size_t i = 0; i < sizeof row; i++)
                row[i] = (uint8_t)(i * 37 + (size_t)y * 11);
            png_write_row(png, row);
        }
}

static void picture_seed(int number, int type, int depth, bool clear, bool interlaced)
{
    static const png_color palette[256] = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {18, 52, 86}};
    static const uint8_t alpha[2] = {0, 128};
    png_color_16 colour = {.red = 48, .green = 85, .blue = 122, .gray = 1};
    FILE *file = seed_open("picture", number);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    if (setjmp(png_jmpbuf(png)))
        exit(1);
    png_init_io(png, file);
    png_set_IHDR(png, info, SIDE, SIDE, depth, type,
                 interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_BASE,
                 PNG_FILTER_TYPE_BASE);
    if (type == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, palette, 1 << depth);
    if (clear)
        png_set_tRNS(png, info, alpha, sizeof alpha, &colour);
    if (interlaced)
        png_set_gAMA(png, info, 0.45455);
    png_write_info(png, info);
    rows_write(png);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    fclose(file);
}

static void picture_seeds(void)
{
    static const int types[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_PALETTE,
                                PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGBA};
    int number = 0;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (int depth = 1; depth <= 16; depth *= 2) {
            bool gray = types[i] == PNG_COLOR_TYPE_GRAY, named = types[i] == PNG_COLOR_TYPE_PALETTE,
                 alpha = types[i] & PNG_COLOR_MASK_ALPHA;
            if ((depth < 8 && !gray && !named) || (depth == 16 && named))
                continue;
            for (int way = 0; way < 4; way++)
                if (!alpha || way < 2)
                    picture_seed(number++, types[i], depth, way / 2, way % 2);
        }
}

/* A page of a few lines, each of some words; the fuzzer looks in the first one. */
static void page_seeds(void)
{
    static const char *const texts[] = {"Ada", "Lovelace", "\xC3\xA9t\xC3\xA9", "x", "12:30"};
    struct page pages[2];
    struct words words = {0};
    for (int line = 0; line < 5; line++) {
        struct page_key key = {{(uint64_t)line, 7}, 200, 20};
        words_reset(&words);
        for (int i = 0; i < line; i++) {
            words_add(&words, (struct rect){30 * i, 2, 25, 15}, 0.9f);
            buf_add_bytes(&words.text, texts[i], strlen(texts[i]) + 1);
        }
        struct page *now = &pages[line % 2];
        page_add(now, 3, line ? &pages[1 - line % 2] : NULL, key, &words);
        struct page seed = *now;
        uint16_t asked[4] = {200, 20, 16, 0};
        memcpy(seed.bytes, asked, sizeof asked);
        seed_write("page", line, seed.bytes, 1000);
    }
    words_finish(&words);
}

/* Answers over each wire and in each dialect; the first byte says which (reply.c). */
static void reply_seeds(void)
{
    static const struct {
        int which;
        const char *text;
    } seeds[] = {
        {0, "{\"choices\":[{\"finish_reason\":\"tool_calls\",\"message\":{\"role\":\"assistant\","
            "\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{"
            "\"name\":\"steps\",\"arguments\":\"{\\\"steps\\\":[\\\"click at 1,2\\\"]}\"}}]}}],"
            "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}"},
        {1, "{\"choices\":[{\"message\":{\"content\":\"{\\\"steps\\\":[\\\"press Tab\\\"],"
            "\\\"end\\\":\\\"no\\\",\\\"message\\\":\\\"\\\"}\"}}]}"},
        {5, "{\"content\":[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"left_click\","
            "\"toolset_name\":\"computer\",\"input\":{\"coordinate\":[64,6],\"text\":\"shift\"}}],"
            "\"stop_reason\":\"tool_use\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}"},
        {6, "{\"content\":[{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"computer\",\"input\":{"
            "\"action\":\"scroll\",\"scroll_direction\":\"down\",\"scroll_amount\":3}}],"
            "\"stop_reason\":\"tool_use\"}"},
        {7, "{\"status\":\"completed\",\"output\":[{\"type\":\"computer_call\",\"id\":\"u1\","
            "\"call_id\":\"c1\",\"pending_safety_checks\":[],\"actions\":[{\"type\":\"drag\","
            "\"path\":[{\"x\":1,\"y\":2},{\"x\":3,\"y\":4}]},{\"type\":\"keypress\",\"keys\":["
            "\"CTRL\",\"S\"]}]}],\"usage\":{\"input_tokens\":1}}"},
        {9, "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"functionCall\":{"
            "\"name\":\"drag_and_drop\",\"args\":{\"x\":1,\"y\":2,\"destination_x\":9,"
            "\"destination_y\":8}}}]},\"finishReason\":\"STOP\"}]}"},
        {7, "{\"output\":[{\"type\":\"reasoning\",\"id\":\"r1\",\"encrypted_content\":\"x\"},{"
            "\"type\":\"computer_call\",\"id\":\"u1\",\"call_id\":\"c1\",\"pending_safety_checks\":"
            "[{\"id\":\"s1\",\"code\":\"x\",\"message\":\"y\"}],\"action\":{\"type\":"
            "\"screenshot\"}}]}"},
        {9, "{\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"name\":"
            "\"type_text_at\",\"args\":{\"x\":1,\"y\":2,\"text\":\"a\",\"safety_decision\":{"
            "\"decision\":\"require_confirmation\",\"explanation\":\"y\"}}}}]},\"finishReason\":"
            "\"STOP\"}]}"},
        {11,
         "Thought: x\nAction: drag(start_box='(1,2)', end_box='[1,2,3,4]')\n\ntype(content='a')"},
        {13, "```python\npyautogui.hotkey('ctrl', 'c')\ncomputer.terminate(status='success')\n```"},
        {15, "<tool_call>{\"name\":\"finish\",\"arguments\":{\"success\":true,\"message\":\"\"}}"
             "</tool_call>```steps\nclick \"a\"\n```\nDONE: x"},
        {17, "{\"thought\":\"\",\"steps\":[\"scroll down 3\"],\"end\":\"ask\",\"message\":\"?\"}"},
        {19, "{\"action\":\"left_click_drag\",\"coordinate\":\"[10, 20]\"}"},
    };
    for (int i = 0; i < (int)(sizeof seeds / sizeof *seeds); i++) {
        struct buf seed = {0};
        buf_add_char(&seed, (char)seeds[i].which);
        buf_add(&seed, seeds[i].text);
        seed_write("reply", i, seed.text, seed.length);
        buf_finish(&seed);
    }
}

/* The numbers of a traineddata are little-endian; here they are the machine's own. */
static void put_byte(struct buf *b, int value)
{
    buf_add_char(b, (char)value);
}

static void put_int(struct buf *b, int32_t value)
{
    buf_add_bytes(b, &value, sizeof value);
}

/* What stands before each layer: kind, two bytes, flags, inputs, outputs, weights, name. */
static void put_layer(struct buf *b, int kind, int inputs, int outputs)
{
    put_byte(b, kind);
    buf_add_bytes(b, "\0\0", 2);
    put_int(b, 0);
    put_int(b, inputs);
    put_int(b, outputs);
    put_int(b, 0);
    put_int(b, 1);
    put_byte(b, 'L');
}

static void put_matrix(struct buf *b, int rows, int columns)
{
    double scale = 1;
    put_byte(b, 1 | 128);
    put_int(b, rows);
    put_int(b, columns);
    put_byte(b, 0);
    for (int i = 0; i < rows * columns; i++)
        put_byte(b, i * 31);
    put_int(b, rows);
    for (int i = 0; i < rows; i++)
        buf_add_bytes(b, &scale, sizeof scale);
}

static void put_lstm(struct buf *b, int kind, int inputs, int outputs)
{
    put_layer(b, kind, inputs, outputs);
    put_int(b, inputs + outputs);
    for (int gate = 0; gate < 4; gate++)
        put_matrix(b, outputs, inputs + outputs + 1);
}

#define LETTERS 4

static void put_network(struct buf *b)
{
    put_layer(b, 9, 1, LETTERS); /* a series of eight */
    put_int(b, 8);
    put_layer(b, 1, 1, 1); /* the input: batch, height, width, channels, what it is for */
    for (int i = 0; i < 5; i++)
        put_int(b, (const int[]){1, 12, 0, 1, 0}[i]);
    put_layer(b, 2, 1, 9); /* convolution, half of its sides */
    put_int(b, 1);
    put_int(b, 1);
    put_layer(b, 19, 9, 3);
    put_matrix(b, 3, 10);
    put_layer(b, 3, 3, 3); /* the pool's sides */
    put_int(b, 3);
    put_int(b, 3);
    put_layer(b, 13, 3, 4); /* up the columns: one */
    put_int(b, 1);
    put_lstm(b, 15, 3, 4);
    put_lstm(b, 14, 4, 5);
    put_layer(b, 11, 5, 4); /* from the end: one */
    put_int(b, 1);
    put_lstm(b, 14, 5, 4);
    put_layer(b, 22, 4, LETTERS);
    put_matrix(b, LETTERS, 5);
    put_int(b, 0); /* no shape in words; flags and counts; which code is nothing */
    for (int i = 0; i < 3; i++)
        put_int(b, 0);
    put_int(b, LETTERS - 1);
}

static void put_codes(struct buf *b)
{
    put_int(b, 6);
    for (int i = 0; i < 6; i++) {
        put_byte(b, 1);
        put_int(b, 1);
        put_int(b, (const int[]){0, 3, 3, 1, 2, 2}[i]);
    }
}

static void traineddata_seeds(void)
{
    enum { PARTS = 23, NETWORK = 17, CHARACTERS = 21, CODES = 22 };
    int64_t offsets[PARTS];
    struct buf file = {0}, parts = {0};
    size_t head = sizeof(int32_t) + sizeof offsets;
    memset(offsets, 0xFF, sizeof offsets);
    offsets[NETWORK] = (int64_t)head;
    put_network(&parts);
    offsets[CHARACTERS] = (int64_t)(head + parts.length);
    buf_add(&parts, "6\nNULL 0\nJoined 7\n|Broken|0|1 f\na 3\n\xC3\xA9 3\nb 3\n");
    offsets[CODES] = (int64_t)(head + parts.length);
    put_codes(&parts);
    put_int(&file, PARTS);
    buf_add_bytes(&file, offsets, sizeof offsets);
    buf_add_bytes(&file, parts.text, parts.length);
    seed_write("traineddata", 0, file.text, file.length);
    buf_finish(&file);
    buf_finish(&parts);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    folder = argv[1];
    mkdir(folder, 0755);
    picture_seeds();
    page_seeds();
    reply_seeds();
    traineddata_seeds();
    return 0;
}
