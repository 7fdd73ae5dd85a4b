"""The people who coach: their accounts and sign-ins."""
