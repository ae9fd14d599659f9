namespace Steelyard.Analysis.Policies.Caching;

/// <summary>
/// LRU at all sizes in one pass: a request is a hit exactly where the cache holds as many objects as were
/// asked for since the same one, itself among them (Mattson et al. 1970, "Evaluation techniques for storage
/// hierarchies", section 3). Counted in O(log n) a request over the last requests of the objects.
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

    /// <summary>The last request of each object in order of time, with room for more: when that is used up
    /// they move to the front.</summary>
    sealed class LastRequests(int objects)
    {
        const int None = -1;
        const int Room = 4;

        readonly int[] _placeOf = Nowhere(objects);
        readonly int[] _itemAt = new int[Room * objects];
        readonly TakenPlaces _taken = new(Room * objects);
        int _places;

        /// <summary>How many objects were asked for since this one was, itself among them; 0 where it never
        /// was.</summary>
        public int DistanceOf(int item)
        {
            if (_places == _itemAt.Length)
                MoveToFront();
            var distance = 0;
            if (_placeOf[item] is not None and var place)
            {
                distance = _taken.After(place) + 1;
                _taken.Free(place);
            }

            _placeOf[item] = _places;
            _itemAt[_places] = item;
            _taken.Take(_places++);
            return distance;
        }

        void MoveToFront()
        {
            var places = 0;
            for (var place = _taken.NextFrom(0); place >= 0; place = _taken.NextFrom(place + 1))
            {
                var item = _itemAt[place];
                _itemAt[places] = item;
                _placeOf[item] = places++;
            }

            _taken.TakeFirst(places);
            _places = places;
        }

        static int[] Nowhere(int objects)
        {
            var places = new int[objects];
            Array.Fill(places, None);
            return places;
        }
    }
}
