namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor add(Tensor target) => Make(Native.ts_add(Handle, target.Handle, 1L), target);

        public Tensor add(Tensor target, Scalar alpha) => Make(Native.ts_add(Handle, target.Handle, alpha), target);

        public Tensor add(Scalar scalar) => Make(Native.ts_add_scalar(Handle, scalar, 1L));

        public Tensor add(Scalar scalar, Scalar alpha) => Make(Native.ts_add_scalar(Handle, scalar, alpha));

        public Tensor add_(Tensor target) => Self(Native.ts_add_(Handle, target.Handle, 1L), target);

        public Tensor add_(Tensor target, Scalar alpha) => Self(Native.ts_add_(Handle, target.Handle, alpha), target);

        public Tensor add_(Scalar scalar) => Self(Native.ts_add_scalar_(Handle, scalar, 1L));

        public Tensor add_(Scalar scalar, Scalar alpha) => Self(Native.ts_add_scalar_(Handle, scalar, alpha));

        public Tensor sub(Tensor target) => Make(Native.ts_sub(Handle, target.Handle), target);

        public Tensor sub_(Tensor target) => Self(Native.ts_sub_(Handle, target.Handle), target);

        public Tensor sub(Scalar target) => Make(Native.ts_sub_scalar(Handle, target));

        public Tensor sub_(Scalar target) => Self(Native.ts_sub_scalar_(Handle, target));

        public Tensor mul(Tensor target) => Make(Native.ts_mul(Handle, target.Handle), target);

        public Tensor mul_(Tensor target) => Self(Native.ts_mul_(Handle, target.Handle), target);

        public Tensor mul(Scalar target) => Make(Native.ts_mul_scalar(Handle, target));

        public Tensor mul_(Scalar target) => Self(Native.ts_mul_scalar_(Handle, target));

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Make(Native.ts_div(Handle, target.Handle, (int)rounding_mode), target);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Make(Native.ts_div_scalar(Handle, target, (int)rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Self(Native.ts_div_(Handle, target.Handle, (int)rounding_mode), target);

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Self(Native.ts_div_scalar_(Handle, target, (int)rounding_mode));

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor true_divide(Tensor other) => div(other);

        public Tensor true_divide(Scalar other) => div(other);

        public Tensor floor_divide(Tensor other) => Make(Native.ts_floor_divide(Handle, other.Handle), other);

        public Tensor floor_divide_(Tensor other) => Self(Native.ts_floor_divide_(Handle, other.Handle), other);

        public Tensor floor_divide(Scalar other) => Make(Native.ts_floor_divide_scalar(Handle, other));

        public Tensor floor_divide_(Scalar other) => Self(Native.ts_floor_divide_scalar_(Handle, other));

        public Tensor pow(Tensor exponent) => Make(Native.ts_pow(Handle, exponent.Handle), exponent);

        public Tensor pow_(Tensor exponent) => Self(Native.ts_pow_(Handle, exponent.Handle), exponent);

        public Tensor pow(Scalar exponent) => Make(Native.ts_pow_scalar(Handle, exponent));

        public Tensor pow_(Scalar exponent) => Self(Native.ts_pow_scalar_(Handle, exponent));

        public Tensor remainder(Tensor target) => Make(Native.ts_remainder(Handle, target.Handle), target);

        public Tensor remainder_(Tensor target) => Self(Native.ts_remainder_(Handle, target.Handle), target);

        public Tensor remainder(Scalar scalar) => Make(Native.ts_remainder_scalar(Handle, scalar));

        public Tensor remainder_(Scalar scalar) => Self(Native.ts_remainder_scalar_(Handle, scalar));

        public Tensor fmod(Tensor target) => Make(Native.ts_fmod(Handle, target.Handle), target);

        public Tensor fmod_(Tensor target) => Self(Native.ts_fmod_(Handle, target.Handle), target);

        public Tensor fmod(Scalar scalar) => Make(Native.ts_fmod_scalar(Handle, scalar));

        public Tensor fmod_(Scalar scalar) => Self(Native.ts_fmod_scalar_(Handle, scalar));

        public Tensor maximum(Tensor other) => Make(Native.ts_maximum(Handle, other.Handle), other);

        public Tensor minimum(Tensor other) => Make(Native.ts_minimum(Handle, other.Handle), other);

        public Tensor fmax(Tensor other) => Make(Native.ts_fmax(Handle, other.Handle), other);

        public Tensor fmin(Tensor other) => Make(Native.ts_fmin(Handle, other.Handle), other);

        public Tensor max(Tensor other) => maximum(other);

        public Tensor min(Tensor other) => minimum(other);

        public Tensor atan2(Tensor other) => Make(Native.ts_atan2(Handle, other.Handle), other);

        public Tensor atan2_(Tensor other) => Self(Native.ts_atan2_(Handle, other.Handle), other);

        public Tensor hypot(Tensor other) => Make(Native.ts_hypot(Handle, other.Handle), other);

        public Tensor copysign(Tensor other) => Make(Native.ts_copysign(Handle, other.Handle), other);

        public Tensor copysign_(Tensor other) => Self(Native.ts_copysign_(Handle, other.Handle), other);

        public Tensor logaddexp(Tensor other) => Make(Native.ts_logaddexp(Handle, other.Handle), other);

        public Tensor xlogy(Tensor y) => Make(Native.ts_xlogy(Handle, y.Handle), y);

        public Tensor xlogy(Scalar y) => Make(Native.ts_xlogy_scalar(Handle, y));

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Make(Native.ts_clamp(Handle, min, max));

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Make(Native.ts_clamp_tensor(Handle, HandleOf(min), HandleOf(max)), min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Self(Native.ts_clamp_(Handle, min, max));

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Self(Native.ts_clamp_tensor_(Handle, HandleOf(min), HandleOf(max)), min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_min(Scalar min) => Make(Native.ts_clamp_min_scalar(Handle, min));

        public Tensor clamp_min_(Scalar min) => Self(Native.ts_clamp_min_scalar_(Handle, min));

        public Tensor clamp_max(Scalar max) => Make(Native.ts_clamp_max_scalar(Handle, max));

        public Tensor clamp_max_(Scalar max) => Self(Native.ts_clamp_max_scalar_(Handle, max));

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Make(Native.ts_addcmul(Handle, tensor1.Handle, tensor2.Handle, value), tensor1, tensor2);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Self(Native.ts_addcmul_(Handle, tensor1.Handle, tensor2.Handle, value), tensor1, tensor2);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Make(Native.ts_addcdiv(Handle, tensor1.Handle, tensor2.Handle, value), tensor1, tensor2);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Make(Native.ts_addcdiv(Handle, tensor1.Handle, tensor2.Handle, 1L), tensor1, tensor2);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Self(Native.ts_addcdiv_(Handle, tensor1.Handle, tensor2.Handle, value), tensor1, tensor2);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Self(Native.ts_addcdiv_(Handle, tensor1.Handle, tensor2.Handle, 1L), tensor1, tensor2);

        public Tensor lerp(Tensor end, Tensor weight) => Make(Native.ts_lerp(Handle, end.Handle, weight.Handle), end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Self(Native.ts_lerp_(Handle, end.Handle, weight.Handle), end, weight);

        public Tensor set_(Tensor source) => Self(Native.ts_set_(Handle, source.Handle), source);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Self(Native.ts_copy_(Handle, source.Handle, nonBlocking), source);
    }
}
