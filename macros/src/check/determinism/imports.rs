//! The names that a `use` brings into scope.

use syn::UseTree;

use super::names::{Names, Segments};

impl Names {
    /// Adds what a `use` imports, behind the path `prefix`.
    pub(super) fn add_use(&mut self, tree: &UseTree, prefix: &mut Segments) {
        match tree {
            UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.add_use(&path.tree, prefix);
                prefix.pop();
            }
            UseTree::Name(name) if name.ident == "self" => {
                if let Some(last) = prefix.last() {
                    self.uses.insert(last.clone(), prefix.clone());
                }
            }
            UseTree::Name(name) => {
                self.import(&name.ident.to_string(), &name.ident.to_string(), prefix);
            }
            UseTree::Rename(name) => {
                self.import(&name.ident.to_string(), &name.rename.to_string(), prefix);
            }
            UseTree::Glob(_) => self.globs.push(prefix.clone()),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_use(tree, prefix);
                }
            }
        }
    }

    fn import(&mut self, name: &str, as_name: &str, prefix: &Segments) {
        let mut path = prefix.clone();
        if name != "self" {
            path.push(name.to_owned());
        }
        self.uses.insert(as_name.to_owned(), path);
    }
}
