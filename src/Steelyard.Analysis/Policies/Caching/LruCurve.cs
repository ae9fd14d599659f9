namespace Steelyard.Analysis.Policies.Caching;

/// <summary>
/// LRU at all sizes in one pass: a request is a hit exactly where the cache holds as many objects as were
/// asked for since the same one, itself among them (Mattson et al. 1970, "Evaluation techniques for storage
/// hierarchies", section 3). Counted in O(log n) a request by a tree over the last requests of the objects.
/// </summary>
/// <remarks>Exact for objects of one size each; with sizes in bytes caches of different size are simulated
/// one by one.</remarks>
internal static class LruCurve
{
    /// <summary>The hits at each of some sizes.</summary>
    /// <param name="requests">Requests without sizes.</param>
    /// <param name="capacities">The sizes, in objects.</param>
    public static IReadOnlyList<CacheResult> Of(CacheRequests requests, IReadOnlyList<long> capacities)
    {
        var hitsFrom = HitsByDistance(requests);
        for (var distance = 1; distance < hitsFrom.Length; distance++)
            hitsFrom[distance] += hitsFrom[distance - 1];
        return
        [
            .. capacities.Select(capacity =>
            {
                var hits = hitsFrom[Math.Min(capacity, hitsFrom.Length - 1)];
                return new CacheResult(requests.Count, hits, requests.Count, requests.Count - hits);
            }),
        ];
    }

    static long[] HitsByDistance(CacheRequests requests)
    {
        var hits = new long[requests.Distinct + 1];
        var last = new LastRequests(requests.Distinct);
        foreach (var item in requests.Objects)
            if (last.DistanceOf(item) is > 0 and var distance)
                hits[distance]++;
        return hits;
    }

    /// <summary>The last request of each object in order of time, with room for as many again: when that is
    /// used up they move to the front.</summary>
    sealed class LastRequests(int objects)
    {
        readonly int[] _placeOf = new int[objects];
        readonly int[] _itemAt = new int[(2 * objects) + 2];
        readonly int[] _tree = new int[(2 * objects) + 2];
        int _places;
        int _held;

        /// <summary>How many objects were asked for since this one was, itself among them; 0 where it never
        /// was.</summary>
        public int DistanceOf(int item)
        {
            if (_places == _tree.Length - 1)
                MoveToFront();
            var distance = 0;
            if (_placeOf[item] is > 0 and var place)
            {
                distance = _held - CountUpTo(place) + 1;
                Add(place, -1);
                _itemAt[place] = 0;
            }
            else
                _held++;
            _placeOf[item] = ++_places;
            _itemAt[_places] = item + 1;
            Add(_places, 1);
            return distance;
        }

        void MoveToFront()
        {
            var places = 0;
            for (var place = 1; place <= _places; place++)
                if (_itemAt[place] is > 0 and var held)
                {
                    _itemAt[place] = 0;
                    _itemAt[++places] = held;
                    _placeOf[held - 1] = places;
                }

            _places = places;
            Array.Clear(_tree);
            for (var place = 1; place < _tree.Length; place++)
            {
                _tree[place] += place <= places ? 1 : 0;
                if (place + (place & -place) is var parent && parent < _tree.Length)
                    _tree[parent] += _tree[place];
            }
        }

        int CountUpTo(int place)
        {
            var count = 0;
            for (; place > 0; place &= place - 1)
                count += _tree[place];
            return count;
        }

        void Add(int place, int by)
        {
            for (; place < _tree.Length; place += place & -place)
                _tree[place] += by;
        }
    }
}
