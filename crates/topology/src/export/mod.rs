//! The map in the formats that other tools read. Every text in it may come from a device and is hostile: each format
//! has its own escape, and control characters are made visible before it.

mod csv;
mod cytoscape;
mod dot;
mod drawio;
mod graphml;
mod icons;
mod json;
mod layout;
mod mermaid;
mod scene;
mod svg;
mod xml;

pub use csv::csv;
pub use cytoscape::cytoscape;
pub use dot::dot;
pub use drawio::drawio;
pub use graphml::graphml;
pub use json::json;
pub use mermaid::mermaid;
pub use svg::svg;

#[cfg(test)]
mod tests;
