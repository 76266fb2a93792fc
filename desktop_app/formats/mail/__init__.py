"""Mail, and pages saved like mail."""
