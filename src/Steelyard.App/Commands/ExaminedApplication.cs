using System.Text.Json;
using Steelyard.App.Terminals;
using Steelyard.Services.Determinism.Static;
using Steelyard.Workers;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard doctor --app</c>: the calls of an application that leave the services world, and
/// those of its packages.</summary>
internal sealed class ExaminedApplication
{
    readonly List<(string Name, IReadOnlyList<Escape> Escapes)> _assemblies;
    readonly IReadOnlyList<PackageEscapes> _packages;

    // Where there is no copy of the runtime, the world answers nothing that was not injected.
    readonly bool _hasCopy = WorkerRuntime.Copy is not null;

    /// <summary>Reads it; nothing of it runs.</summary>
    /// <param name="path">Its assembly.</param>
    public ExaminedApplication(string path)
    {
        _assemblies =
        [
            .. EscapeScan.AssembliesOf(path)
                .Select(assembly => (Path.GetFileName(assembly), EscapeScan.Of(assembly))),
        ];
        _packages = EscapeScan.Packages(path);
    }

    /// <summary>Tells what was found.</summary>
    /// <returns>The exit code: a call of the application's own leaves the world, or none does.</returns>
    public int Tell(bool asJson, Terminal terminal)
    {
        if (asJson)
            terminal.Json(Write);
        else
            Write(terminal);
        return _assemblies.Exists(assembly => assembly.Escapes.Any(Leaves))
            ? ExitCodes.Broken
            : ExitCodes.Held;
    }

    bool Leaves(Escape escape) => !(escape.IsHeld && _hasCopy);

    void Write(Terminal terminal)
    {
        foreach (var (name, escapes) in _assemblies)
        {
            var left = escapes.Where(Leaves).ToList();
            terminal.Line(left.Count switch
            {
                0 => $"{name}: no call leaves the services world.",
                1 => $"{name}: 1 call leaves the services world.",
                var many => $"{name}: {many} calls leave the services world.",
            });
            foreach (var escape in left)
            {
                var place = escape.File is { } file ? $" ({file}:{escape.Line})" : "";
                terminal.Line($"  {escape.Kind,-10}  {escape.Call} in {escape.Method}{place}");
                terminal.Line($"              rather: {escape.Advice}");
            }

            if (escapes.Count > left.Count)
                terminal.Line($"  {Counts(escapes.Where(escape => !Leaves(escape)))}: answered by the world");
        }

        foreach (var package in _packages)
            terminal.Line($"{package.Name}, if it gets there: {Counts(package.Escapes)}");
    }

    // In the order of their first.
    static string Counts(IEnumerable<Escape> escapes) => string.Join(
        ", ", escapes.GroupBy(escape => escape.Kind, StringComparer.Ordinal)
            .Select(kind => $"{kind.Count()} of {kind.Key}"));

    void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var (name, escapes) in _assemblies)
            foreach (var escape in escapes)
                Write(json, name, escape, isPackages: false);
        foreach (var package in _packages)
            foreach (var escape in package.Escapes)
                Write(json, package.Name, escape, isPackages: true);
        json.WriteEndArray();
    }

    void Write(Utf8JsonWriter json, string from, Escape escape, bool isPackages)
    {
        json.WriteStartObject();
        json.WriteString(isPackages ? "package" : "assembly", from);
        json.WriteString("kind", escape.Kind);
        json.WriteBoolean("leaves", Leaves(escape));
        json.WriteString("call", escape.Call);
        json.WriteString("method", escape.Method);
        if (escape.File is { } file)
        {
            json.WriteString("file", file);
            json.WriteNumber("line", escape.Line);
        }

        json.WriteString("advice", escape.Advice);
        json.WriteEndObject();
    }
}
