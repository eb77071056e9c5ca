"""Reading facts out of one article: layers of annotation, then one rule per kind of fact."""
