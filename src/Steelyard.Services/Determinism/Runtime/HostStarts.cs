using Steelyard.Histories;

namespace Steelyard.Services.Determinism.Runtime;

/// <summary>Hosts that have not started yet.</summary>
internal static class HostStarts
{
    // By name: whoever is told of first must be the same in every run.
    static readonly SortedDictionary<string, Delegate> s_never = new(StringComparer.Ordinal);
    static readonly HashSet<string> s_started = new(StringComparer.Ordinal);

    /// <summary>A run begins.</summary>
    public static void Reset()
    {
        s_never.Clear();
        s_started.Clear();
    }

    /// <summary>A host's application is made and started.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="create">What makes it.</param>
    public static void Begin(string host, Delegate create)
    {
        if (!s_started.Contains(host))
            s_never[host] = create;
    }

    /// <summary>It has started.</summary>
    public static void Done(string host)
    {
        s_started.Add(host);
        s_never.Remove(host);
    }

    /// <summary>The run is over.</summary>
    /// <exception cref="UserMistakeException">A host never listened.</exception>
    public static void MustBeDone()
    {
        foreach (var (host, create) in s_never)
            throw new UserMistakeException(
                $"host {host} never listened: its start had not ended when the run was over "
                    + $"({HandlerCode.Place(create.Method)})");
    }
}
