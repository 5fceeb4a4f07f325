//! Finds activities: files and folders, plain or gzipped. Yields bytes and labels, nothing decoded.
