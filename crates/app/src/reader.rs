//! What captures are read with. The user's own templates may become others while a server runs.

use std::sync::{Arc, PoisonError, RwLock};

use ingest::Reader;
use model::Platforms;
use templates::Library;

/// Clones share the library that is in use.
#[derive(Clone)]
pub(crate) struct LiveReader {
    pub platforms: &'static Platforms,
    library: Arc<RwLock<Arc<Library>>>,
}

impl LiveReader {
    pub fn new(platforms: &'static Platforms, library: Arc<Library>) -> Self {
        Self { platforms, library: Arc::new(RwLock::new(library)) }
    }

    /// What is read with it stays of one mind, whatever becomes of the templates meanwhile.
    pub fn now(&self) -> Reader {
        let library = self.library.read().unwrap_or_else(PoisonError::into_inner);
        Reader { platforms: self.platforms, library: Arc::clone(&library) }
    }

    pub fn renew(&self, library: Arc<Library>) {
        *self.library.write().unwrap_or_else(PoisonError::into_inner) = library;
    }
}
