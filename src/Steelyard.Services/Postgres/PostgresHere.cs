using System.Globalization;

namespace Steelyard.Services.Postgres;

/// <summary>The PostgreSQL of this machine: that of <c>STEELYARD_POSTGRES</c> (the folder of its programs),
/// or the newest that Debian's packages have installed.</summary>
public static class PostgresHere
{
    const string Variable = "STEELYARD_POSTGRES";
    const string Installed = "/usr/lib/postgresql";

    /// <summary>Why worlds with a PostgreSQL do not run here, in one line; null when they do.</summary>
    public static string? WhyNot => Folder is null
        ? $"PostgreSQL is not here (package postgresql, or {Variable}=<the folder of its programs>)"
        : null;

    /// <summary>The folder of its programs; null where it is not here.</summary>
    internal static string? Folder { get; } = Find();

    static string? Find() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? Existing(named)
        : !Directory.Exists(Installed) ? null
        : Directory.EnumerateDirectories(Installed)
            .OrderByDescending(folder => VersionOf(Path.GetFileName(folder)))
            .Select(folder => Existing(Path.Combine(folder, "bin")))
            .FirstOrDefault(folder => folder is not null);

    static double VersionOf(string name) =>
        double.TryParse(name, CultureInfo.InvariantCulture, out var version) ? version : 0;

    static string? Existing(string folder) => File.Exists(Path.Combine(folder, "postgres")) ? folder : null;
}
