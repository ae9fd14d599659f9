namespace Steelyard.Designs.Architecture.Running;

/// <summary>What has been made of the events of a log; a crash leaves it.</summary>
internal sealed class ReadModel
{
    readonly Dictionary<int, long> _versions = [];

    /// <summary>How many events are in it. It changes with them, in one transaction; a naive projector knows
    /// nothing of it.</summary>
    public int Applied { get; private set; }

    /// <summary>How many events its projector has noted that it applied.</summary>
    public int Noted { get; set; }

    /// <summary>The version of a key; 0 is what was there at the start.</summary>
    public long VersionOf(int key) => _versions.GetValueOrDefault(key);

    /// <summary>Applies an event.</summary>
    /// <param name="one">The event.</param>
    /// <param name="number">Its number, from 1 on.</param>
    public void Apply(in LoggedEvent one, int number)
    {
        _versions[one.Key] = one.Version;
        Applied = Math.Max(Applied, number);
    }
}

/// <summary>The models of an instance of a projection.</summary>
internal sealed class ProjectionState
{
    /// <summary>What reads are answered from.</summary>
    public ReadModel Live { get; set; } = new();

    /// <summary>The one that is made beside it; null is none.</summary>
    public ReadModel? Next { get; set; }

    /// <summary>When it began to be made anew, in ns of the run; null where it has not.</summary>
    public long? RebuildNs { get; set; }

    /// <summary>Whether that is over.</summary>
    public bool IsRebuilt { get; set; }
}
