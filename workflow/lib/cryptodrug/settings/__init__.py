"""The configuration of a study: typed, documented, refused as a whole when anything in it is wrong."""
