//! The server as a program or a browser sees it.

mod client;
mod document;
mod hostile;
mod roles;
mod session;
