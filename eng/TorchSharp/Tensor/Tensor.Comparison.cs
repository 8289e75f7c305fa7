namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor eq(Tensor target) => Make(Native.ts_eq(Handle, target.Handle), target);

        public Tensor eq_(Tensor target) => Self(Native.ts_eq_(Handle, target.Handle), target);

        public Tensor eq(Scalar target) => Make(Native.ts_eq_scalar(Handle, target));

        public Tensor eq_(Scalar target) => Self(Native.ts_eq_scalar_(Handle, target));

        public Tensor ne(Tensor target) => Make(Native.ts_ne(Handle, target.Handle), target);

        public Tensor ne_(Tensor target) => Self(Native.ts_ne_(Handle, target.Handle), target);

        public Tensor ne(Scalar target) => Make(Native.ts_ne_scalar(Handle, target));

        public Tensor ne_(Scalar target) => Self(Native.ts_ne_scalar_(Handle, target));

        public Tensor lt(Tensor target) => Make(Native.ts_lt(Handle, target.Handle), target);

        public Tensor lt_(Tensor target) => Self(Native.ts_lt_(Handle, target.Handle), target);

        public Tensor lt(Scalar target) => Make(Native.ts_lt_scalar(Handle, target));

        public Tensor lt_(Scalar target) => Self(Native.ts_lt_scalar_(Handle, target));

        public Tensor le(Tensor target) => Make(Native.ts_le(Handle, target.Handle), target);

        public Tensor le_(Tensor target) => Self(Native.ts_le_(Handle, target.Handle), target);

        public Tensor le(Scalar target) => Make(Native.ts_le_scalar(Handle, target));

        public Tensor le_(Scalar target) => Self(Native.ts_le_scalar_(Handle, target));

        public Tensor gt(Tensor target) => Make(Native.ts_gt(Handle, target.Handle), target);

        public Tensor gt_(Tensor target) => Self(Native.ts_gt_(Handle, target.Handle), target);

        public Tensor gt(Scalar target) => Make(Native.ts_gt_scalar(Handle, target));

        public Tensor gt_(Scalar target) => Self(Native.ts_gt_scalar_(Handle, target));

        public Tensor ge(Tensor target) => Make(Native.ts_ge(Handle, target.Handle), target);

        public Tensor ge_(Tensor target) => Self(Native.ts_ge_(Handle, target.Handle), target);

        public Tensor ge(Scalar target) => Make(Native.ts_ge_scalar(Handle, target));

        public Tensor ge_(Scalar target) => Self(Native.ts_ge_scalar_(Handle, target));

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor logical_and(Tensor other) => Make(Native.ts_logical_and(Handle, other.Handle), other);

        public Tensor logical_and_(Tensor other) => Self(Native.ts_logical_and_(Handle, other.Handle), other);

        public Tensor logical_or(Tensor other) => Make(Native.ts_logical_or(Handle, other.Handle), other);

        public Tensor logical_or_(Tensor other) => Self(Native.ts_logical_or_(Handle, other.Handle), other);

        public Tensor logical_xor(Tensor other) => Make(Native.ts_logical_xor(Handle, other.Handle), other);

        public Tensor logical_xor_(Tensor other) => Self(Native.ts_logical_xor_(Handle, other.Handle), other);

        public Tensor bitwise_and(Tensor other) => Make(Native.ts_bitwise_and(Handle, other.Handle), other);

        public Tensor bitwise_and_(Tensor other) => Self(Native.ts_bitwise_and_(Handle, other.Handle), other);

        public Tensor bitwise_or(Tensor other) => Make(Native.ts_bitwise_or(Handle, other.Handle), other);

        public Tensor bitwise_or_(Tensor other) => Self(Native.ts_bitwise_or_(Handle, other.Handle), other);

        public Tensor bitwise_xor(Tensor other) => Make(Native.ts_bitwise_xor(Handle, other.Handle), other);

        public Tensor bitwise_xor_(Tensor other) => Self(Native.ts_bitwise_xor_(Handle, other.Handle), other);

        public Tensor isclose(Tensor other, double rtol = 1e-5, double atol = 1e-8, bool nanEqual = false) =>
            Make(Native.ts_isclose(Handle, other.Handle, rtol, atol, nanEqual), other);

        public bool allclose(Tensor target, double rtol = 1e-5, double atol = 1e-8, bool equal_nan = false)
        {
            bool close;
            Check(Native.ts_allclose(Handle, target.Handle, rtol, atol, equal_nan, &close), target);
            return close;
        }

        public bool is_nonzero()
        {
            if (numel() != 1) throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");
            bool nonzero;
            Check(Native.ts_is_nonzero(Handle, &nonzero));
            return nonzero;
        }
    }
}
