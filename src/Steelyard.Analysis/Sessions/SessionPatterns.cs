namespace Steelyard.Analysis.Sessions;

/// <summary>
/// The four session guarantees (Terry et al. 1994, section 3) as clients can see them broken. Older than a
/// version are the initial one, and those that the same process wrote to the key before it: anything more
/// would ask for an order across processes, which none of the four promises.
/// </summary>
internal sealed class SessionPatterns
{
    const int None = -1;

    readonly SessionColumns _columns;
    readonly SessionKeyWriters _key;

    SessionPatterns(SessionColumns columns) => (_columns, _key) = (columns, columns.Key);

    /// <summary>A read of a key by a process that had written it, which returned the initial version or
    /// another of the process' own.</summary>
    public static SessionBreach? ReadYourWrites(SessionColumns columns)
    {
        foreach (var session in columns.Nodes)
        {
            var own = new Dictionary<int, int>();
            foreach (var node in session)
            {
                var (read, key) = (columns.Reads[node], columns.Keys[node]);
                var wrote = own.GetValueOrDefault(key, None);
                if (read == SessionColumns.InitialVersion && wrote >= 0)
                    return new("read-your-writes", node, wrote);
                if (read >= 0 && columns.Session[read] == columns.Session[node] && read != wrote)
                    return new("read-your-writes", node, wrote);
                if (columns.Writes[node])
                    own[key] = node;
            }
        }

        return null;
    }

    /// <summary>A read of a version older than one that the process had read, or of one that it had read and
    /// then seen replaced.</summary>
    public static SessionBreach? MonotonicReads(SessionColumns columns)
    {
        var seenBy = new int[columns.Count];
        foreach (var session in columns.Nodes)
        {
            var current = new Dictionary<int, int>();
            var newest = new Dictionary<(int Key, int Session), int>();
            foreach (var node in session)
            {
                var (read, key) = (columns.Reads[node], columns.Keys[node]);
                if (read == SessionColumns.NoRead)
                    continue;
                var before = current.GetValueOrDefault(key, None);
                if (read == before)
                    continue;
                var mark = columns.Session[node] + 1;
                if (read < 0 || seenBy[read] == mark)
                    return new("monotonic-reads", node, before);
                var of = (key, columns.Session[read]);
                if (newest.TryGetValue(of, out var number) && number > columns.Number[read])
                    return new("monotonic-reads", node, columns.WritesOf[of.Item2][number - 1]);
                (seenBy[read], current[key], newest[of]) = (mark, read, columns.Number[read]);
            }
        }

        return null;
    }

    /// <summary>A process read a write, and then a version older than what the writer had written before
    /// that.</summary>
    public static SessionBreach? MonotonicWrites(SessionColumns columns)
    {
        var patterns = new SessionPatterns(columns);
        foreach (var session in columns.Nodes)
        {
            // The last write of each session that the process has read, of any key and of each.
            var seen = new int[columns.Writers];
            var seenOfKey = new Dictionary<(int Key, int Session), int>();
            foreach (var node in session)
            {
                var read = columns.Reads[node];
                if (read == SessionColumns.NoRead)
                    continue;
                if (patterns.MissedWrite(node, seen, seenOfKey) is >= 0 and var missed)
                    return new("monotonic-writes", node, missed);
                if (read < 0)
                    continue;
                var (writer, number) = (columns.Session[read], columns.Number[read]);
                seen[writer] = Math.Max(seen[writer], number);
                var of = (columns.Keys[node], writer);
                seenOfKey[of] = Math.Max(seenOfKey.GetValueOrDefault(of), number);
            }
        }

        return null;
    }

    int MissedWrite(int node, int[] seen, Dictionary<(int Key, int Session), int> seenOfKey)
    {
        var (read, key) = (_columns.Reads[node], _columns.Keys[node]);
        if (read >= 0 && seenOfKey.GetValueOrDefault((key, _columns.Session[read])) is var newer
            && newer > _columns.Number[read])
            return _columns.WritesOf[_columns.Session[read]][newer - 1];
        var (group, end) = _key.GroupsOf(key);
        for (; group < end; group++)
        {
            var session = _key.SessionOf(group);
            if (read >= 0 && session != _columns.Session[read])
                continue;
            var number = read < 0 ? _key.FirstOf(group) : _key.FirstAfter(group, _columns.Number[read]);
            if (number < seen[session])
                return _columns.WritesOf[session][number - 1];
        }

        return None;
    }

    /// <summary>A process read a write, and then a version older than what the writer had read before
    /// that.</summary>
    public static SessionBreach? WritesFollowReads(SessionColumns columns)
    {
        var sightings = new Sightings(columns);
        foreach (var session in columns.Nodes)
        {
            // How far each writer had come when it wrote what the process has read, of any key and of each.
            var seen = new int[columns.Writers];
            var seenOfKey = new Dictionary<int, Dictionary<int, int>>();
            Array.Fill(seen, None);
            foreach (var node in session)
            {
                var (read, key) = (columns.Reads[node], columns.Keys[node]);
                if (read == SessionColumns.NoRead)
                    continue;
                seenOfKey.TryGetValue(key, out var ofKey);
                if (sightings.IsOlder(node, seen, ofKey))
                    return new("writes-follow-reads", node, None);
                if (read < 0)
                    continue;
                var (writer, place) = (columns.Session[read], columns.Place[read]);
                seen[writer] = Math.Max(seen[writer], place);
                if (ofKey is null)
                    seenOfKey.Add(key, ofKey = []);
                ofKey[writer] = Math.Max(ofKey.GetValueOrDefault(writer, None), place);
            }
        }

        return null;
    }

    /// <summary>Where writing sessions first read a key, a version, and something newer than a
    /// version.</summary>
    sealed class Sightings
    {
        readonly SessionColumns _columns;
        readonly Dictionary<(int Session, int Key), int> _key = [];
        readonly Dictionary<(int Session, int Version), int> _version = [];

        // Per key and its writer: for each reading session, reads of ever newer versions.
        readonly Dictionary<(int Key, int Writer), SortedDictionary<int, List<(int Number, int Place)>>>
            _newer = [];

        public Sightings(SessionColumns columns)
        {
            _columns = columns;
            for (var session = 0; session < columns.Writers; session++)
                foreach (var node in columns.Nodes[session])
                    if (columns.Reads[node] >= 0)
                        Add(session, node, columns.Reads[node]);
        }

        public bool IsOlder(int node, int[] seen, Dictionary<int, int>? seenOfKey)
        {
            var (read, key) = (_columns.Reads[node], _columns.Keys[node]);
            if (read < 0)
            {
                for (var session = 0; session < seen.Length; session++)
                    if (_key.TryGetValue((session, key), out var place) && place <= seen[session])
                        return true;
                return false;
            }

            foreach (var (session, upTo) in seenOfKey ?? [])
                if (_version.TryGetValue((session, read), out var place) && place <= upTo)
                    return true;
            if (_newer.TryGetValue((key, _columns.Session[read]), out var readers))
                foreach (var (session, sightings) in readers)
                    if (FirstNewer(sightings, _columns.Number[read]) <= seen[session])
                        return true;
            return false;
        }

        static int FirstNewer(List<(int Number, int Place)> sightings, int number)
        {
            var (low, high) = (0, sightings.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (sightings[middle].Number > number)
                    high = middle;
                else
                    low = middle + 1;
            }

            return low < sightings.Count ? sightings[low].Place : int.MaxValue;
        }

        void Add(int session, int node, int read)
        {
            var place = _columns.Place[node];
            _key.TryAdd((session, _columns.Keys[node]), place);
            _version.TryAdd((session, read), place);
            var of = (_columns.Keys[node], _columns.Session[read]);
            if (!_newer.TryGetValue(of, out var readers))
                _newer.Add(of, readers = []);
            if (!readers.TryGetValue(session, out var sightings))
                readers.Add(session, sightings = []);
            if (sightings.Count == 0 || sightings[^1].Number < _columns.Number[read])
                sightings.Add((_columns.Number[read], place));
        }
    }
}
