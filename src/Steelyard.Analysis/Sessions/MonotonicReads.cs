using Steelyard.Analysis.Linearizability.Registers;
using Steelyard.Histories;

namespace Steelyard.Analysis.Sessions;

/// <summary>
/// Monotonic reads (Terry et al. 1994, section 3.2): what a process reads of a key never goes back to an
/// older version.
/// </summary>
/// <remarks>
/// Sound from the history alone. A version is older where real time says so; and a process that reads a
/// value, then another, then the first again went back, whichever of the two is older. A value that several
/// writes wrote, and siblings of which one is not older, are given the benefit of the doubt.
/// </remarks>
public sealed class MonotonicReads : IChecker
{
    /// <inheritdoc/>
    public string Name => "monotonic-reads";

    /// <inheritdoc/>
    public string Sentence => "A client never sees time run backwards";

    /// <inheritdoc/>
    public Verdict Check(History history) =>
        SessionFinding.OfEachKey(Name, history, Check, "none went back to an older version");

    static void Check(History history, KeyVersions key, List<Anomaly> anomalies)
    {
        var sessions = new Dictionary<int, Session>();
        foreach (var index in key.Reads)
        {
            var read = history[index];
            if (!sessions.TryGetValue(read.Process, out var session))
                sessions.Add(read.Process, session = new());
            if (session.WentBack(history, key, read) is { } anomaly)
                anomalies.Add(anomaly);
            session.Note(history, key, read);
        }
    }

    // What one process has read of one key.
    sealed class Session
    {
        // The read whose version was written last, and that version: older than it is older than something
        // seen.
        int _newestRead = -1;
        int _newestVersion = KeyVersions.InitialVersion;

        // The read in which each version was last seen, and how many versions had been seen by then.
        readonly Dictionary<int, (int Read, int Changes)> _lastSeen = [];
        int _changes;
        int _current = int.MinValue;
        int _currentRead = -1;

        public Anomaly? WentBack(History history, KeyVersions key, Operation read)
        {
            if (_newestRead >= 0 && key.ReadsOlder(read, _newestVersion))
            {
                var older = key.VersionsOf(KeyVersions.ValuesOf(read)[0], read).First();
                return Broken(history, key, [older, _newestVersion, _newestRead, read.Index],
                    $"read {history[_newestRead].Output} from {SessionFinding.Named(key.Key)}"
                    + $" and then {read.Output}, an older version", read);
            }

            var values = KeyVersions.ValuesOf(read);
            return values.Length == 1
                && SoleVersion(key, values[0], read) is { } version && version != _current
                && _lastSeen.TryGetValue(version, out var seen) && seen.Changes < _changes
                    ? Broken(history, key, [seen.Read, _currentRead, read.Index],
                        $"read {read.Output} from {SessionFinding.Named(key.Key)}, then"
                        + $" {history[_currentRead].Output}, then {read.Output} again", read)
                    : null;
        }

        public void Note(History history, KeyVersions key, Operation read)
        {
            var values = KeyVersions.ValuesOf(read);
            foreach (var value in values)
                if (SoleVersion(key, value, read) is { } version)
                    NoteNewest(history, version, read.Index);
            if (values.Length == 1 && SoleVersion(key, values[0], read) is { } seen)
                NoteCurrent(seen, read.Index);
        }

        void NoteNewest(History history, int version, int read)
        {
            if (version == KeyVersions.InitialVersion)
                return;
            if (_newestRead < 0 || history[version].InvokedAt > history[_newestVersion].InvokedAt)
                (_newestRead, _newestVersion) = (read, version);
        }

        void NoteCurrent(int version, int read)
        {
            if (version != _current)
                _changes++;
            (_current, _currentRead) = (version, read);
            _lastSeen[version] = (read, _changes);
        }

        static Anomaly Broken(History history, KeyVersions key, int[] witness, string what, Operation read) =>
            new("monotonic-reads", $"process {read.ProcessName} {what}", SessionFinding.Witness(witness));

        // Only a value that one write wrote tells which version was seen.
        static int? SoleVersion(KeyVersions key, Value value, Operation read)
        {
            var versions = key.VersionsOf(value, read).Take(2).ToList();
            return versions.Count == 1 ? versions[0] : null;
        }
    }
}
