/* The reader's own copy of an article, lit up by offsets and hashes. Nothing leaves the page. */
"use strict";
