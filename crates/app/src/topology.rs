//! The map: links argued from what both sides claim.

mod around;

use std::collections::{BTreeMap, HashMap};

use model::fact::NEIGHBORS;
use model::{Device, DeviceId, NeighborClaim, Timestamp};
use serde::Serialize;
use store::{FactFilter, MapChannel, MapPort};
use topology::{Difference, End, Graph, Link, Node, Sighting, Unknown};

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
    Cytoscape,
}

/// How the map is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MapQuery {
    /// Each member of a port channel is a link of its own.
    pub members: bool,
    /// What stands together where the map is drawn.
    pub group: Group,
    /// As it was then.
    pub at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Group {
    #[default]
    Site,
    Role,
    None,
}

/// A link as seen from one end.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
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
    /// Ports here and there by which it is made, where it is a port channel.
    pub members: Vec<(Option<String>, Option<String>)>,
    /// Why the neighbour is no device of ours; then nothing is known of its side but what it says.
    pub unknown: Option<String>,
}

impl App {
    /// The links of the whole map; after them those to neighbours that are no devices of ours.
    pub async fn links(&self, actor: &Actor, query: MapQuery) -> AppResult<Vec<LinkView>> {
        actor.must(Role::Viewer, "see the map")?;
        let graph = self.map_of(query).await?;
        let labels = graph.labels();
        let known = graph.links.iter().map(|link| view(link, (&link.a, &link.b), &labels));
        Ok(known.chain(strangers(&graph, &labels)).collect())
    }

    /// Each cable between two devices by itself.
    pub async fn cables(&self, actor: &Actor) -> AppResult<Vec<LinkView>> {
        let mut links = self.links(actor, MapQuery { members: true, ..MapQuery::default() }).await?;
        links.retain(|link| link.unknown.is_none());
        Ok(links)
    }

    /// What is different in the map between two moments; without the later one, until now.
    pub async fn map_difference(&self, actor: &Actor, from: Timestamp, to: Option<Timestamp>) -> AppResult<Difference> {
        actor.must(Role::Viewer, "see the map")?;
        let (old, new) = (self.graph_at(Some(from)).await?, self.graph_at(to).await?);
        Ok(Difference::between(&old.folded(), &new.folded()))
    }

    async fn map_of(&self, query: MapQuery) -> AppResult<Graph> {
        let mut graph = self.graph_at(query.at).await?;
        for node in &mut graph.nodes {
            match query.group {
                Group::Site => {}
                Group::Role => node.site.clone_from(&node.role),
                Group::None => node.site = None,
            }
        }
        Ok(if query.members { graph } else { graph.folded() })
    }

    /// The links of a device by name, id, address or serial number, seen from it; with a time as they were then.
    ///
    /// # Errors
    /// [`crate::AppError::Invalid`] when it was not known at that time.
    pub async fn links_of(&self, actor: &Actor, reference: &str, at: Option<Timestamp>) -> AppResult<Vec<LinkView>> {
        actor.must(Role::Viewer, "see the map")?;
        let device = &self.device_then(reference, at).await?;
        let graph = match at {
            None => self.gather(|app| async move { app.graph_around(device).await }).await?,
            at => self.graph_at(at).await?,
        };
        let graph = graph.folded();
        let labels = graph.labels();
        let own = |link: &&Link| [link.a.node, link.b.node].contains(&device.id.0);
        let seen = |link: &Link| match link.a.node == device.id.0 {
            true => view(link, (&link.a, &link.b), &labels),
            false => view(link, (&link.b, &link.a), &labels),
        };
        Ok(graph.links.iter().filter(own).map(seen).collect())
    }

    /// The map as a file.
    pub async fn map(&self, actor: &Actor, format: Format, query: MapQuery) -> AppResult<String> {
        actor.must(Role::Viewer, "see the map")?;
        let graph = self.map_of(query).await?;
        Ok(match format {
            Format::Graphml => topology::export::graphml(&graph),
            Format::Drawio => topology::export::drawio(&graph),
            Format::Mermaid => topology::export::mermaid(&graph),
            Format::Json => format!("{:#}\n", topology::export::json(&graph)),
            Format::Dot => topology::export::dot(&graph),
            Format::Csv => topology::export::csv(&graph),
            Format::Svg => topology::export::svg(&graph),
            Format::Cytoscape => format!("{:#}\n", topology::export::cytoscape(&graph)),
        })
    }

    /// From the neighbours that are claimed now, each cable by itself.
    pub async fn graph(&self) -> AppResult<Graph> {
        self.graph_at(None).await
    }

    /// From the neighbours that were claimed at a time, instead of now.
    async fn graph_at(&self, at: Option<Timestamp>) -> AppResult<Graph> {
        let devices = self.devices_then(self.store.devices(&store::DeviceFilter::default()).await?, at).await?;
        let there = FactFilter { at, ..FactFilter::default() };
        let mut nodes: BTreeMap<DeviceId, Node> = devices.into_iter().map(|d| (d.id, node(d))).collect();
        add_ports(&mut nodes, self.store.map_ports(None, at).await?);
        let claims = self.store.facts(&NEIGHBORS, &there).await?;
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
        address: Some(d.address).filter(|address| !address.is_unspecified()),
        serials: d.serials,
        chassis_ids: d.chassis_mac.iter().map(ToString::to_string).collect(),
        ..Node::default()
    }
}

/// To the nodes that are there.
fn add_ports(nodes: &mut BTreeMap<DeviceId, Node>, (ports, channels): (Vec<MapPort>, Vec<MapChannel>)) {
    for port in ports {
        if let Some(node) = nodes.get_mut(&port.device) {
            add_port(node, port);
        }
    }
    for MapChannel { device, name, member } in channels {
        if let Some(node) = nodes.get_mut(&device) {
            node.channels.insert(member, name);
        }
    }
}

fn add_port(node: &mut Node, port: MapPort) {
    let MapPort { name, mac, ip, description, .. } = port;
    if let Some(mac) = mac {
        node.port_macs.insert(mac, name.clone());
    }
    if let Some(description) = description {
        node.port_descriptions.push((name.clone(), description));
    }
    if let Some(ip) = ip.filter(|ip| Some(*ip) != node.address && !ip.is_loopback()) {
        node.addresses.push(ip);
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
        members: link.members.iter().cloned().map(|(a, b)| if *here == link.a { (a, b) } else { (b, a) }).collect(),
        unknown: None,
    }
}

/// Where neighbours are heard that are no devices of ours.
fn strangers(graph: &Graph, labels: &HashMap<i64, String>) -> Vec<LinkView> {
    let heard = graph.unknown.iter().flat_map(|unknown| unknown.seen_from.iter().map(move |seen| (unknown, seen)));
    let view = |(unknown, seen): (&Unknown, &Sighting)| LinkView {
        local_device: labels.get(&seen.node).cloned().unwrap_or_default(),
        local_port: seen.port.clone(),
        remote_device: unknown.name.clone(),
        remote_port: seen.remote_port.clone().unwrap_or_else(|| "?".to_owned()),
        protocols: seen.protocols.clone(),
        score: 0.0,
        confirmed: false,
        members: Vec::new(),
        unknown: Some(unknown.reason.clone()),
    };
    heard.map(view).collect()
}
