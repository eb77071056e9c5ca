/* Search: opened with / or its button, loaded on first use. */
"use strict";
