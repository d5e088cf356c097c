//! The server as a program or a browser sees it.

mod client;
mod document;
mod hostile;
mod jobs;
mod roles;
mod session;
mod sites;
mod system;
mod templates;
mod vault;
