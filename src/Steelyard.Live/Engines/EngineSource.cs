using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines;

/// <summary>Where an engine comes from: its programs, or an engine that runs already.</summary>
internal sealed record EngineSource
{
    /// <summary>Where packages put them.</summary>
    public static EngineSource Packages { get; } = new();

    /// <summary>The folder that somebody named, in which all of the engine is; null is where packages put
    /// it.</summary>
    public string? Folder { get; init; }

    /// <summary>The containers in which its programs run; null is that they are on this machine.</summary>
    public EngineContainer? Container { get; init; }

    /// <summary>Where it runs already, not ours, a node each; none is that it is started here.</summary>
    public IReadOnlyList<EngineAddress> Addresses { get; init; } = [];

    /// <summary>Whether it runs already, and is not ours.</summary>
    public bool IsElsewhere => Addresses.Count > 0;

    /// <summary>Who asks it where it is not ours; null where it is.</summary>
    public EngineAccount? Account => IsElsewhere
        ? new(Addresses[0].User, Environment.GetEnvironmentVariable(EngineAddress.Password))
        : null;

    /// <summary>Where a program is; null when it is not there.</summary>
    public string? PathOf(EngineProgram program) => Container is not null ? program.Name
        : Folder is null || program.IsOfMachine ? program.Path
        : program.PathIn(Folder);

    /// <summary>Where a program is.</summary>
    /// <exception cref="LiveException">It is not there.</exception>
    public string FileOf(EngineProgram program) => PathOf(program)
        ?? (Folder is null || program.IsOfMachine
            ? program.MustBeThere()
            : throw new LiveException($"expected {program.Name} in {Folder}, found that it is gone"));
}
