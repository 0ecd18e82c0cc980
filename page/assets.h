/*
 * assets: the page's own HTML, style and script, which are in the program.
 */
#ifndef PAGE_ASSETS_H
#define PAGE_ASSETS_H

extern const char page_html[], page_css[], page_js[];

#endif
