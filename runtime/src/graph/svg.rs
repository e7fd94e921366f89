//! The graph as a picture: the nodes below each other as they stand in the source, what
//! leads down on the right of them, what leads back on the left.
//!
//! Ours, since the layout libraries that there are (`layout-rs` 0.1) panic on some flows.

use std::fmt::Write;

use super::{Graph, Node, Way};

/// Of letters, in pixels.
const LETTER: usize = 7;
const LINE: usize = 16;
/// Between nodes, and between lanes.
const GAP: usize = 34;
const LANE: usize = 18;

pub(super) fn picture(graph: &Graph) -> String {
    let plan = Plan::of(graph);
    let mut svg = plan.head();
    for (at, node) in graph.nodes.iter().enumerate() {
        plan.node(&mut svg, at, node, graph.standing.contains(&at));
    }
    for lane in &plan.lanes {
        plan.lane(&mut svg, lane);
    }
    for lane in &plan.lanes {
        plan.condition(&mut svg, lane);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Where everything is.
struct Plan<'g> {
    /// The upper edge of each node, and its height.
    rows: Vec<(usize, usize)>,
    lanes: Vec<Lane<'g>>,
    /// The left edge of the nodes, and their width.
    column: (usize, usize),
    size: (usize, usize),
}

/// An edge, and its way beside the nodes.
struct Lane<'g> {
    way: &'g Way,
    /// How far to the side, from 1; 0 leads straight down.
    number: usize,
    is_back: bool,
    /// Where it leaves its node, and where it enters the other.
    ports: (usize, usize),
}

impl<'g> Plan<'g> {
    fn of(graph: &'g Graph) -> Self {
        let order = order(graph);
        let mut lanes = lanes(graph, &order);
        let rows = rows(graph, &order, &mut lanes);
        let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
        let texts = |node: &Node| label(node).iter().map(|text| text.chars().count()).max();
        let width = widest(&mut graph.nodes.iter().filter_map(texts)) * LETTER + 2 * LINE;
        let side = |is_back: bool| {
            let lanes = lanes.iter().filter(move |lane| lane.is_back == is_back);
            let lengths = lanes.map(|lane| {
                let text = lane.way.when.chars().count() * LETTER;
                lane.number * LANE + text + LINE
            });
            lengths.fold(LINE, usize::max)
        };
        let (left, right) = (side(true), side(false));
        let height = rows
            .iter()
            .map(|(y, height)| y + height)
            .fold(0, usize::max);
        Self {
            column: (left, width),
            size: (left + width + right, height + LINE),
            rows,
            lanes,
        }
    }

    fn head(&self) -> String {
        let (width, height) = self.size;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"monospace\" font-size=\"12\">\n\
             <defs><marker id=\"end\" markerWidth=\"9\" markerHeight=\"8\" refX=\"9\" refY=\"4\" \
             orient=\"auto\"><path d=\"M0,0 L9,4 L0,8 z\"/></marker></defs>\n"
        )
    }

    fn row(&self, at: usize) -> (usize, usize) {
        self.rows.get(at).copied().unwrap_or_default()
    }

    fn node(&self, svg: &mut String, at: usize, node: &Node, is_standing: bool) {
        let ((x, width), (y, height)) = (self.column, self.row(at));
        let (round, fill) = match node {
            Node::Start | Node::End | Node::Meeting => (height / 2, "#eee"),
            Node::Loop { .. } => (8, "#eef"),
            Node::State(_) => (0, "#fff"),
        };
        let fill = if is_standing { "#fd6" } else { fill };
        put(
            svg,
            &format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
                 rx=\"{round}\" fill=\"{fill}\" stroke=\"#333\"/>"
            ),
        );
        let lines = label(node);
        let first = (y + height / 2 + 4).saturating_sub(lines.len().saturating_sub(1) * LINE / 2);
        for (number, line) in lines.iter().enumerate() {
            let (x, y) = (x + width / 2, first + number * LINE);
            text(svg, (x, y), "middle", line);
        }
    }

    fn lane(&self, svg: &mut String, lane: &Lane<'_>) {
        let ((x, width), (from, to)) = (self.column, lane.ports);
        let out = lane.number * LANE;
        let path = match (lane.number, lane.is_back) {
            (0, _) => format!("M{},{from} V{to}", x + width / 2),
            (_, true) => format!("M{x},{from} H{} V{to} H{x}", x - out),
            (_, false) => {
                let x = x + width;
                format!("M{x},{from} H{} V{to} H{x}", x + out)
            }
        };
        let path =
            format!("<path d=\"{path}\" fill=\"none\" stroke=\"#333\" marker-end=\"url(#end)\"/>");
        put(svg, &path);
    }

    /// What must hold for an edge, beside the place where it turns.
    fn condition(&self, svg: &mut String, lane: &Lane<'_>) {
        let ((x, width), (from, to)) = (self.column, lane.ports);
        let out = lane.number * LANE + 4;
        let (place, anchor) = match (lane.number, lane.is_back) {
            (0, _) => ((x + width / 2 + 6, usize::midpoint(from, to) + 4), "start"),
            (_, true) => ((x - out, from + 4), "end"),
            (_, false) => ((x + width + out, from + 4), "start"),
        };
        // Readable where it crosses a line.
        put(
            svg,
            "<g stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">",
        );
        text(svg, place, anchor, lane.way.when);
        put(svg, "</g>");
    }
}

/// The row of each node: as in the source, the end last.
fn order(graph: &Graph) -> Vec<usize> {
    let last = graph.nodes.len().saturating_sub(1);
    let end = graph.nodes.iter().position(|node| *node == Node::End);
    let row = |at: usize| match end {
        Some(end) if at == end => last,
        Some(end) if at > end => at - 1,
        _ => at,
    };
    (0..graph.nodes.len()).map(row).collect()
}

/// The edges, each on the innermost lane that is free.
fn lanes<'g>(graph: &'g Graph, order: &[usize]) -> Vec<Lane<'g>> {
    let row = |at: usize| order.get(at).copied().unwrap_or_default();
    let mut ways: Vec<&Way> = graph.ways.iter().collect();
    ways.sort_by_key(|way| row(way.from).abs_diff(row(way.to)));
    let mut taken: Vec<(bool, usize, usize, usize)> = Vec::new();
    let mut straight = vec![false; graph.nodes.len() + 1];
    let lanes = ways.into_iter().map(|way| {
        let (from, to) = (row(way.from), row(way.to));
        let is_back = to <= from;
        let is_next = straight.get_mut(to).filter(|_| to == from + 1);
        let number = match is_next {
            Some(straight) if !*straight => {
                *straight = true;
                0
            }
            _ => {
                let (first, last) = (from.min(to), from.max(to));
                let is_free = |number: &usize| {
                    !taken.iter().any(|(back, lane, low, high)| {
                        *back == is_back && lane == number && first <= *high && *low <= last
                    })
                };
                let most = taken.len() + 1;
                let number = (1..=most).find(is_free).unwrap_or(most);
                taken.push((is_back, number, first, last));
                number
            }
        };
        Lane {
            way,
            number,
            is_back,
            ports: (0, 0),
        }
    });
    lanes.collect()
}

/// The place of each node, by its number, with room for what leaves and enters it; the
/// lanes get theirs.
fn rows(graph: &Graph, order: &[usize], lanes: &mut [Lane<'_>]) -> Vec<(usize, usize)> {
    let mut rows = vec![(0, 0); graph.nodes.len()];
    let mut by_row: Vec<usize> = (0..graph.nodes.len()).collect();
    by_row.sort_by_key(|at| order.get(*at));
    let mut y = LINE;
    for at in by_row {
        let ports = |is_back: bool| {
            let ends = lanes
                .iter()
                .filter(|lane| lane.number > 0 && lane.is_back == is_back)
                .map(|lane| usize::from(lane.way.from == at) + usize::from(lane.way.to == at));
            ends.sum::<usize>()
        };
        let most = ports(true).max(ports(false));
        let node = graph.nodes.get(at);
        let texts = node.map_or(0, |node| label(node).len());
        let height = (texts.max(most) * LINE + 10).max(18);
        if let Some(row) = rows.get_mut(at) {
            *row = (y, height);
        }
        give_ports(lanes, at, y, height);
        y += height + GAP;
    }
    rows
}

fn give_ports(lanes: &mut [Lane<'_>], at: usize, y: usize, height: usize) {
    let (mut left, mut right) = (y + LINE / 2 + 3, y + LINE / 2 + 3);
    for lane in lanes {
        let next = if lane.is_back { &mut left } else { &mut right };
        let is_straight = lane.number == 0;
        let mut port = |is_out: bool| match (is_straight, is_out) {
            (true, true) => y + height,
            (true, false) => y,
            (false, _) => {
                *next += LINE;
                *next - LINE
            }
        };
        if lane.way.to == at {
            lane.ports.1 = port(false);
        }
        if lane.way.from == at {
            lane.ports.0 = port(true);
        }
    }
}

/// The lines of text of a node.
fn label(node: &Node) -> Vec<String> {
    let (name, line) = node.text();
    let line = line.map(|line| format!("line {line}"));
    let name = (!name.is_empty()).then(|| name.to_owned());
    name.into_iter().chain(line).collect()
}

fn text(svg: &mut String, (x, y): (usize, usize), anchor: &str, shown: &str) {
    if !shown.is_empty() {
        let shown = escaped(shown);
        put(
            svg,
            &format!("<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{shown}</text>"),
        );
    }
}

fn put(svg: &mut String, line: &str) {
    writeln!(svg, "{line}").expect("a String takes all text");
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
