"""支援ファインダー: which public programs fit a family, why, and where to go."""
