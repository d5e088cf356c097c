//! Later.
/// Later.
pub struct Imported;
