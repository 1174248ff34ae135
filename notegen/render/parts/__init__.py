"""What several kinds of pages show: a note's body, lists, backlinks, small pictures, previews, the folders panel."""
