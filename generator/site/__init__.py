"""The site that MkDocs builds of the pages: only what changed is rendered, and only that moves into the published tree."""
