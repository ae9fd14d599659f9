namespace Steelyard.Live.Sql;

/// <summary>Who asks a database that is not ours.</summary>
/// <param name="User">Its user; null is the one whom the database has by default.</param>
/// <param name="Password">Its password; null is none.</param>
internal sealed record SqlAccount(string? User, string? Password);
