using System.Text.Json;
using Steelyard.Histories;

namespace Steelyard.Services.Determinism.Static;

/// <summary>The packages of an application, from its <c>deps.json</c>.</summary>
internal static class PackageFiles
{
    // What the world brings along is no part of the application.
    static readonly string[] s_ours = ["Steelyard", "SQLitePCLRaw", "SourceGear.sqlite3", "Mono.Cecil"];

    /// <summary>Each with the files of its assemblies that stand beside the application.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Assemblies)> Of(string application)
    {
        var file = Path.ChangeExtension(application, ".deps.json");
        if (!File.Exists(file))
            return [];
        var folder = Path.GetDirectoryName(Path.GetFullPath(application))!;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var libraries = json.RootElement.GetProperty("libraries");
            var target = json.RootElement.GetProperty("targets").EnumerateObject().First().Value;
            return
            [
                .. target.EnumerateObject()
                    .Where(library => IsPackage(libraries, library.Name))
                    .OrderBy(library => library.Name, StringComparer.Ordinal)
                    .Select(library => (library.Name, Assemblies(folder, library.Value))),
            ];
        }
        catch (Exception problem)
            when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UserMistakeException(
                $"{file}: expected the dependencies of an application, found something else", problem);
        }
    }

    static bool IsPackage(JsonElement libraries, string name) =>
        libraries.GetProperty(name).GetProperty("type").GetString() == "package"
        && !s_ours.Any(ours => name.StartsWith(ours, StringComparison.Ordinal));

    static IReadOnlyList<string> Assemblies(string folder, JsonElement library) =>
        library.TryGetProperty("runtime", out var files)
            ?
            [
                .. files.EnumerateObject()
                    .Select(file => Path.Combine(folder, Path.GetFileName(file.Name)))
                    .Where(File.Exists),
            ]
            : [];
}
