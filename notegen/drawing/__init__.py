"""Pictures that notegen draws itself: a site's icon, and the letters of its social cards.

All is counted in whole numbers and packed here, so that the same notes give the same bytes on every machine. Libraries
of one name draw and pack them in different ways: zlib and what some systems have in its place, FreeType's versions.
"""
