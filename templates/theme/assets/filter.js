/* The timeline by topic, person, place and kind. */
"use strict";
