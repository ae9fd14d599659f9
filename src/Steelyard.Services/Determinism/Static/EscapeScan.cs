using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using Steelyard.Histories;

namespace Steelyard.Services.Determinism.Static;

/// <summary>
/// Lists the calls of the user's assemblies that leave the services world. Reads their instructions and loads
/// nothing, so nothing of theirs runs.
/// </summary>
public static class EscapeScan
{
    /// <summary>The assemblies of an application that are the user's own: itself, and the projects it was
    /// built with.</summary>
    /// <param name="application">The application's assembly file; its <c>deps.json</c> stands beside
    /// it.</param>
    /// <exception cref="UserMistakeException">There is no such file.</exception>
    public static IReadOnlyList<string> AssembliesOf(string application)
    {
        if (!File.Exists(application))
            throw new UserMistakeException($"{application}: expected an assembly, there is no such file");
        var folder = Path.GetDirectoryName(Path.GetFullPath(application))!;
        var own = new SortedSet<string>(StringComparer.Ordinal) { Path.GetFullPath(application) };
        foreach (var project in ProjectsOf(Path.ChangeExtension(application, ".deps.json")))
            if (!IsOurs(project) && Path.Combine(folder, $"{project}.dll") is var file && File.Exists(file))
                own.Add(file);
        return [.. own];
    }

    /// <summary>The packages that an application brings along, by name, with what in them leaves the world on
    /// any runtime: threads of their own, calls that block the worker, and the machine's network. Whether the
    /// application gets there, nobody knows.</summary>
    /// <param name="application">As for <see cref="AssembliesOf"/>.</param>
    /// <exception cref="UserMistakeException">A file is not what it should be.</exception>
    public static IReadOnlyList<PackageEscapes> Packages(string application) =>
    [
        .. PackageFiles.Of(application)
            .Select(package => new PackageEscapes(
                package.Name, [.. package.Assemblies.SelectMany(Of).Where(PackageEscapes.Counts)]))
            .Where(package => package.Escapes.Count > 0),
    ];

    /// <summary>The escapes of one assembly, in the order of its methods.</summary>
    /// <exception cref="UserMistakeException">The file is no assembly of .NET.</exception>
    public static IReadOnlyList<Escape> Of(string assembly)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(assembly));
            if (!image.HasMetadata)
                throw NotDotNet(assembly, null);
            using var lines = SourceLines.Of(image, assembly);
            return [.. new AssemblyCode(image, lines).Escapes()];
        }
        catch (BadImageFormatException problem)
        {
            throw NotDotNet(assembly, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException($"{assembly}: cannot be read: {problem.Message}", problem);
        }
    }

    // What the world itself is built from is no business of an application's author.
    static bool IsOurs(string project) =>
        project == "Steelyard" || project.StartsWith("Steelyard.", StringComparison.Ordinal);

    static UserMistakeException NotDotNet(string file, Exception? problem) =>
        new($"{file}: expected an assembly of .NET, found another kind of file", problem);

    static List<string> ProjectsOf(string file)
    {
        if (!File.Exists(file))
            return [];
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return [.. json.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "project")
                .Select(library => library.Name.Split('/')[0])];
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException)
        {
            throw new UserMistakeException(
                $"{file}: expected the dependencies of an application, found something else", problem);
        }
    }
}
