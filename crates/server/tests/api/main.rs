//! The server as a program or a browser sees it.

mod document;
