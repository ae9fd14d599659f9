using Steelyard.Designs.Architecture;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Specs;

/// <summary>The designs that a spec may name: Steelyard's own, and those of users' assemblies.</summary>
/// <param name="own">Steelyard's own.</param>
/// <param name="engines">The real engines that this machine may run, as designs named
/// <c>live …</c>.</param>
public sealed class DesignCatalogue(IReadOnlyList<IDesign> own, IReadOnlyList<IDesign>? engines = null)
{
    readonly Lock _lock = new();
    readonly Dictionary<string, UserAssembly> _loaded = new(StringComparer.Ordinal);

    /// <summary>Steelyard's own.</summary>
    public IReadOnlyList<IDesign> Own => own;

    /// <summary>The real engines.</summary>
    public IReadOnlyList<IDesign> Engines { get; } = engines ?? [];

    /// <summary>The designs of a user's assembly, which is loaded once; or the one that an architecture
    /// is.</summary>
    /// <param name="path">Its file.</param>
    /// <exception cref="UserMistakeException">It cannot be loaded, or has no design.</exception>
    public IReadOnlyList<IDesign> Of(string path)
    {
        if (ArchitectureFile.IsOne(path))
            return [new ArchitectureDesign(ArchitectureFile.Read(path))];
        lock (_lock)
            return Load(path).Designs;
    }

    /// <summary>The design of a name.</summary>
    /// <param name="assembly">The user's assembly that holds it; null is one of ours.</param>
    /// <param name="name">Its name; null is the only one that a user's assembly holds.</param>
    /// <exception cref="UserMistakeException">There is none of that name, or it needs one.</exception>
    public IDesign Find(string? assembly, string? name)
    {
        if (assembly is not null && name is not null && ServicesScenario(assembly, name) is { } scenario)
            return scenario;
        if (assembly is null && Engines.FirstOrDefault(engine => engine.Name == name) is { } live)
            return live;
        var designs = assembly is null ? own : Of(assembly);
        if (name is null && designs is [var only])
            return only;
        var where = assembly is null ? "a design" : $"a design of {assembly} after --design";
        var names = designs.Select(design => design.Name).ToList();
        return designs.FirstOrDefault(design => design.Name == name) ?? throw new UserMistakeException(
            $"expected {where} ({string.Join(", ", names)}), found "
            + (name is null ? "none" : $"\"{name}\"{Suggestion.For(name, names)}"));
    }

    /// <summary>The scenarios of services in a user's assembly.</summary>
    /// <exception cref="UserMistakeException">It cannot be loaded.</exception>
    internal IReadOnlyList<IDesign> ScenariosOf(string assembly)
    {
        lock (_lock)
            return Load(assembly).Scenarios;
    }

    /// <summary>The scenario of services of a name.</summary>
    /// <param name="assembly">The user's assembly that holds it.</param>
    /// <param name="name">Its type's name, in full or the last word of it; null is the only one.</param>
    /// <exception cref="UserMistakeException">There is none of that name, or it needs one.</exception>
    internal IDesign FindScenario(string assembly, string? name) =>
        ServicesScenarios.Named(assembly, ScenariosOf(assembly), name);

    /// <summary>Finds the design of a spec, and looks whether it takes the spec's options.</summary>
    /// <exception cref="UserMistakeException">There is none, or it does not.</exception>
    public RunRequest Prepare(RunSpec spec)
    {
        var design = Find(spec.Assembly, spec.Design);
        var known = spec with { IsOfServices = RunSpec.AreServices(design) };
        return new(known, design, new(design, spec.Common, spec.Options));
    }

    /// <summary>The scenario of services that a type of a user's assembly is; null is none.</summary>
    internal IDesign? ServicesScenario(string assembly, string name)
    {
        if (ArchitectureFile.IsOne(assembly))
            return null;
        lock (_lock)
            return Load(assembly).ServicesScenario(name);
    }

    UserAssembly Load(string path)
    {
        var full = Path.GetFullPath(path);
        if (!_loaded.TryGetValue(full, out var assembly))
            _loaded.Add(full, assembly = UserAssembly.Load(path));
        return assembly;
    }
}
