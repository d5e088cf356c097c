//! The map: links argued from what both sides claim.

use std::collections::{BTreeMap, HashMap};

use model::fact::{INTERFACES, NEIGHBORS};
use model::{Device, DeviceId, NeighborClaim, Value};
use serde::Serialize;
use store::FactFilter;
use topology::{End, Graph, Link, Node};

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
    Svg,
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

impl App {
    /// The links of the whole map.
    pub async fn links(&self, actor: &Actor) -> AppResult<Vec<LinkView>> {
        actor.must(Role::Viewer, "see the map")?;
        let graph = self.graph().await?;
        let labels = graph.labels();
        Ok(graph.links.iter().map(|link| view(link, (&link.a, &link.b), &labels)).collect())
    }

    /// The links of a device, seen from it.
    pub(crate) async fn links_of(&self, device: &Device) -> AppResult<Vec<LinkView>> {
        let graph = self.graph().await?;
        let labels = graph.labels();
        let own = |link: &&Link| [link.a.node, link.b.node].contains(&device.id.0);
        let seen = |link: &Link| match link.a.node == device.id.0 {
            true => view(link, (&link.a, &link.b), &labels),
            false => view(link, (&link.b, &link.a), &labels),
        };
        Ok(graph.links.iter().filter(own).map(seen).collect())
    }

    /// The map as a file.
    pub async fn map(&self, actor: &Actor, format: Format) -> AppResult<String> {
        actor.must(Role::Viewer, "see the map")?;
        let graph = self.graph().await?;
        Ok(match format {
            Format::Graphml => topology::export::graphml(&graph),
            Format::Drawio => topology::export::drawio(&graph),
            Format::Mermaid => topology::export::mermaid(&graph),
            Format::Json => format!("{:#}\n", topology::export::json(&graph)),
            Format::Dot => topology::export::dot(&graph),
            Format::Csv => topology::export::csv(&graph),
            Format::Svg => topology::export::svg(&graph),
        })
    }

    /// From the neighbours that are claimed now.
    pub async fn graph(&self) -> AppResult<Graph> {
        let devices = self.store.devices(&store::DeviceFilter::default()).await?;
        let mut nodes: BTreeMap<DeviceId, Node> = devices.into_iter().map(|d| (d.id, node(d))).collect();
        for fact in self.store.facts(&INTERFACES, &FactFilter::default()).await? {
            if let Some(node) = nodes.get_mut(&fact.device) {
                add_interface(node, &fact.values);
            }
        }
        let claims = self.store.facts(&NEIGHBORS, &FactFilter::default()).await?;
        let claims: Vec<(i64, NeighborClaim)> =
            claims.into_iter().map(|f| (f.device.0, NeighborClaim::from_values(&f.values))).collect();
        Ok(topology::build(nodes.into_values().collect(), claims))
    }
}

fn node(d: Device) -> Node {
    Node {
        key: d.id.0,
        name: d.slug,
        aliases: vec![d.name],
        platform: d.platform,
        vendor: d.vendor,
        model: d.model,
        role: d.role,
        site: d.site,
        address: Some(d.address),
        serials: d.serials,
        chassis_ids: d.chassis_mac.iter().map(ToString::to_string).collect(),
        ..Node::default()
    }
}

fn add_interface(node: &mut Node, values: &[Value]) {
    let get = |column| INTERFACES.position(column).and_then(|n| values.get(n));
    let Some(name) = get("name").map(Value::plain) else { return };
    if let Some(Value::Mac(mac)) = get("mac") {
        node.port_macs.insert(*mac, name.clone());
    }
    if let Some(Value::Text(description)) = get("description") {
        node.port_descriptions.insert(name.clone(), description.clone());
    }
    if let Some(Value::Ip(ip)) = get("ip")
        && Some(*ip) != node.address
        && !["127.0.0.1", "::1"].contains(&ip.to_string().as_str())
    {
        node.addresses.push(*ip);
    }
    node.interfaces.push(name);
}

fn view(link: &Link, (here, there): (&End, &End), labels: &HashMap<i64, String>) -> LinkView {
    let label = |end: &End| labels.get(&end.node).cloned().unwrap_or_default();
    let port = |end: &End| end.port.clone().unwrap_or_else(|| "?".to_owned());
    LinkView {
        local_device: label(here),
        local_port: port(here),
        remote_device: label(there),
        remote_port: port(there),
        protocols: link.protocols.clone(),
        score: link.score,
        confirmed: link.confirmed,
    }
}
