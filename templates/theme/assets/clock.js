/* What the reader's clock knows: windows that have passed, days to go. */
"use strict";
