//! The map: links argued from what both sides claim.

use model::Device;
use serde::Serialize;

use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// Formats of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Graphml,
    Drawio,
    Mermaid,
    Json,
    Dot,
    Csv,
}

/// A link as seen from one end.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    pub local_device: String,
    pub local_port: String,
    pub remote_device: String,
    pub remote_port: String,
    pub protocols: Vec<String>,
    /// 0 to 1.
    pub score: f64,
    /// Both ends claim it.
    pub confirmed: bool,
}

pub(crate) struct Stub {
    pub links: Vec<LinkView>,
}

impl App {
    pub(crate) async fn graph(&self) -> AppResult<Stub> {
        Ok(Stub { links: vec![] })
    }
    pub async fn links(&self, actor: &Actor) -> AppResult<Vec<LinkView>> {
        actor.must(Role::Viewer, "see the map")?;
        Ok(self.graph().await?.links)
    }
    pub(crate) async fn links_of(&self, _device: &Device) -> AppResult<Vec<LinkView>> {
        Ok(vec![])
    }
    pub async fn map(&self, actor: &Actor, _format: Format) -> AppResult<String> {
        actor.must(Role::Viewer, "see the map")?;
        Ok(String::new())
    }
}
